namespace LocalOpinions.Hub;

/// <summary>How far a pull is. Written by the pull, read by whoever shows it, on any thread.</summary>
public sealed class PullProgress
{
    long _bytes, _received;
    volatile string _file = "", _note = "";

    /// <summary>Bytes of all files that are on the disk.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Bytes that came over the network in this pull.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>The file under way.</summary>
    public string File => _file;

    /// <summary>What is being waited for, if anything.</summary>
    public string Note => _note;

    internal void Begin(string file) => (_file, _note) = (file, "");

    internal void Wait(string note) => _note = note;

    internal void Receive(int count)
    {
        _note = "";
        Interlocked.Add(ref _received, count);
        Interlocked.Add(ref _bytes, count);
    }

    internal void Skip(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
