using System.Collections.Concurrent;

namespace LocalOpinions.Runner.Sql;

/// <summary>Reads keys on a thread of its own, which keeps the terminal from echoing them.</summary>
/// <remarks>To poll Console.KeyAvailable switches echo on and off: keys typed in between appear twice.</remarks>
sealed class KeyReader
{
    readonly BlockingCollection<ConsoleKeyInfo> _keys = [];

    public KeyReader() => new Thread(ReadAll) { IsBackground = true, Name = "keys" }.Start();

    /// <summary>Whether keys were typed already that are not read yet.</summary>
    public bool HasMore => _keys.Count > 0;

    /// <summary>Waits for a key.</summary>
    /// <exception cref="OperationCanceledException">Somebody gave up waiting.</exception>
    public ConsoleKeyInfo Read(CancellationToken cancellation) => _keys.Take(cancellation);

    void ReadAll()
    {
        while (true)
            _keys.Add(Console.ReadKey(intercept: true));
    }
}
