using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine;

namespace LocalOpinions.Asking.Workers;

/// <summary>Counts workers' ends over a run, and ends the run when nothing is gained between them.</summary>
/// <param name="tell">Told about every end in words.</param>
sealed class WorkerIncidents(Action<string> tell)
{
    // A prompt that ends every decode it is in takes three: twice with others, once alone.
    const int MostInARow = 8;

    readonly Lock _lock = new();
    List<string> _ends = [];
    List<SetAsidePrompt> _setAside = [];
    int _inARow, _all;

    /// <summary>Whether any worker has ended yet.</summary>
    public bool Any => Volatile.Read(ref _all) > 0;

    /// <exception cref="EngineException">Workers ended again and again without an answer in between.</exception>
    public void Died(string reason)
    {
        int row;
        lock (_lock)
        {
            _ends.Add(reason);
            _all++;
            row = ++_inARow;
        }
        tell($"the engine's process ended {reason}; another takes its place");
        if (row >= MostInARow)
            throw new EngineException(EngineError.Decode,
                $"llama.cpp ended {row} times without an answer in between, at last {reason}. What was answered before is stored.");
    }

    public void Scored()
    {
        lock (_lock)
            _inARow = 0;
    }

    public void SetAside(int key, string reason)
    {
        lock (_lock)
            _setAside.Add(new(key, reason));
    }

    public SourceIncidents Take()
    {
        lock (_lock)
        {
            var taken = new SourceIncidents(_ends, _setAside);
            (_ends, _setAside) = ([], []);
            return taken;
        }
    }
}
