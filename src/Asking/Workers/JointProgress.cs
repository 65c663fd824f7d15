using LocalOpinions.Asking.Sources;

namespace LocalOpinions.Asking.Workers;

/// <summary>Tells the progress of several workers as if one had reported it: one report at a time.</summary>
sealed class JointProgress(IProgress<TaskProgress> progress) : IProgress<TaskProgress>
{
    readonly Lock _lock = new();

    public void Report(TaskProgress value)
    {
        lock (_lock)
            progress.Report(value);
    }
}
