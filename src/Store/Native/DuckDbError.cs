using DuckDB.NET.Data;
using static DuckDB.NET.Native.NativeMethods;

namespace LocalOpinions.Store.Native;

/// <summary>The one place where DuckDB's messages become exceptions.</summary>
static class DuckDbError
{
    /// <summary>What the system says of a write beyond the session's or the file system's limit (EFBIG).</summary>
    public const string FileTooLarge = "File too large";

    /// <summary>The same of a full disk (ENOSPC).</summary>
    public const string NoSpace = "No space left on device";

    /// <summary>Which of these a message of <see cref="StoreError.DiskFull"/> holds.</summary>
    public static string SystemsWords(string message) => message.Contains(FileTooLarge, StringComparison.Ordinal) ? FileTooLarge : NoSpace;

    public static StoreException FromMessage(string message) => KindOf(message) switch
    {
        StoreError.DiskFull => new(StoreError.DiskFull, message.Contains(FileTooLarge, StringComparison.Ordinal)
            ? $"The file may not grow any further. Raise the limit (ulimit -f) and run the same again: everything that was committed "
                + $"before is kept. ({message})"
            : $"There is no room left to write. Free some and run the same again: everything that was committed before is kept. "
                + $"({message})"),
        var kind => new(kind, message),
    };

    /// <summary>Whatever DuckDB.NET throws for a statement; other exceptions are not its.</summary>
    public static StoreException? From(Exception thrown) => thrown switch
    {
        DuckDBException e => FromMessage(e.Message),
        // DuckDB.NET drops the message of an interrupted statement.
        OperationCanceledException => new(StoreError.Interrupted, "INTERRUPT Error: Interrupted!"),
        _ => null,
    };

    public static StoreException FromAppender(DuckDB.NET.Native.DuckDBAppender appender, string table)
    {
        using var error = Appender.DuckDBAppenderErrorData(appender);
        return FromMessage($"Writing to table {table} failed: {error.Message}");
    }

    // DuckDB begins each message with its class ("IO Error: ..."), but wraps one error in another. A FATAL one means that the
    // database refuses all further work, which only a failing disk causes.
    static StoreError KindOf(string message) =>
        message.Contains("read-only mode", StringComparison.Ordinal) ? StoreError.ReadOnly
        : message.StartsWith("INTERRUPT Error", StringComparison.Ordinal) ? StoreError.Interrupted
        : message.Contains(NoSpace, StringComparison.Ordinal) || message.Contains(FileTooLarge, StringComparison.Ordinal)
            ? StoreError.DiskFull
        : message.Contains("IO Error", StringComparison.Ordinal) || message.Contains("FATAL", StringComparison.Ordinal) ? StoreError.Io
        : StoreError.Sql;
}
