using LocalOpinions.Asking.Sources;

namespace LocalOpinions.Asking.Running;

/// <summary>Counts what a task reports: at once, on whatever thread, where <see cref="Progress{T}"/> would post it.</summary>
sealed class TaskCounter(WorkProgress progress) : IProgress<TaskProgress>
{
    public void Report(TaskProgress value)
    {
        if (value.Expected > 0)
            progress.Expect(value.Expected);
        progress.Add(value.Done, value.Tokens);
    }
}
