using System.Collections.Concurrent;
using RadLine;

namespace LocalOpinions.Runner.Sql;

/// <summary>Reads keys on a thread of its own, which keeps the terminal from echoing them.</summary>
/// <remarks>To poll Console.KeyAvailable, as the line editor does by itself, switches echo on and off: keys typed in between appear twice.</remarks>
sealed class KeyReader : IInputSource
{
    readonly ConcurrentQueue<ConsoleKeyInfo> _keys = new();

    public KeyReader() => new Thread(ReadAll) { IsBackground = true, Name = "keys" }.Start();

    // Text that is pasted means what it means when typed: a line that ends with a semicolon ends its statement.
    public bool ByPassProcessing => true;

    public bool IsKeyAvailable() => !_keys.IsEmpty;

    public ConsoleKeyInfo ReadKey() => _keys.TryDequeue(out var key) ? key : throw new InvalidOperationException("No key was pressed.");

    void ReadAll()
    {
        while (true)
            _keys.Enqueue(Console.ReadKey(intercept: true));
    }
}
