namespace LocalOpinions.Engine.Llama;

/// <summary>A call of native code, and what was complained of within it.</summary>
/// <param name="around">The call that is open on the same thread already; null for none.</param>
sealed class NativeCall(NativeCall? around) : IDisposable
{
    const int Kept = 20;

    // Its own thread adds, and one of ggml's may.
    readonly Lock _lock = new();
    Queue<string>? _complaints;
    List<string>? _warnings;

    internal NativeCall? Around => around;

    /// <summary>The last complaints so far, in one line; empty when there were none.</summary>
    public string Reason()
    {
        lock (_lock)
            return _complaints is null ? "" : string.Join("; ", _complaints);
    }

    /// <summary>The first warnings so far, each once.</summary>
    public IReadOnlyList<string> Warnings()
    {
        lock (_lock)
            return [.. _warnings ?? []];
    }

    public void Dispose() => NativeLog.End(this);

    internal void Add(string complaint, bool isWarning = false)
    {
        lock (_lock)
        {
            if (isWarning)
            {
                _warnings ??= [];
                if (_warnings.Count < Kept && !_warnings.Contains(complaint))
                    _warnings.Add(complaint);
                return;
            }
            _complaints ??= new();
            _complaints.Enqueue(complaint);
            if (_complaints.Count > Kept)
                _complaints.Dequeue();
        }
    }
}
