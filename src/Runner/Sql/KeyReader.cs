using System.Collections.Concurrent;
using RadLine;

namespace LocalOpinions.Runner.Sql;

/// <summary>Reads keys on a thread of its own, which keeps the terminal from echoing them.</summary>
/// <remarks>To poll Console.KeyAvailable, as the line editor does by itself, switches echo on and off: keys typed in between appear twice.</remarks>
sealed class KeyReader : IInputSource
{
    // The editor asks for a key every few milliseconds; a shell that nobody types in must cost nothing.
    const int PatienceMs = 50;

    readonly BlockingCollection<ConsoleKeyInfo> _keys = [];
    ConsoleKeyInfo? _next;
    bool _idle;

    public KeyReader() => new Thread(ReadAll) { IsBackground = true, Name = "keys" }.Start();

    // Text that is pasted means what it means when typed: a line that ends with a semicolon ends its statement.
    public bool ByPassProcessing => true;

    /// <summary>Waits for a key for a moment, but not right behind another: the editor shows that one only when no more are there.</summary>
    public bool IsKeyAvailable()
    {
        if (_next is null && _keys.TryTake(out var key, _idle ? PatienceMs : 0))
            _next = key;
        _idle = _next is null;
        return !_idle;
    }

    public ConsoleKeyInfo ReadKey()
    {
        var key = _next ?? throw new InvalidOperationException("No key was pressed.");
        _next = null;
        return key;
    }

    void ReadAll()
    {
        while (true)
            _keys.Add(Console.ReadKey(intercept: true));
    }
}
