namespace LocalOpinions.Store.Native;

/// <summary>The one place where DuckDB's messages become exceptions.</summary>
static class DuckDbError
{
    /// <summary>What the system says of a write beyond the session's or the file system's limit (EFBIG).</summary>
    public const string FileTooLarge = "File too large";

    public static StoreException FromMessage(string message) => KindOf(message) switch
    {
        StoreError.DiskFull => new(StoreError.DiskFull, message.Contains(FileTooLarge, StringComparison.Ordinal)
            ? $"The file may not grow any further. Raise the limit (ulimit -f) and run the same again: everything that was committed before is kept. ({message})"
            : $"There is no room left to write. Free some and run the same again: everything that was committed before is kept. ({message})"),
        var kind => new(kind, message),
    };

    public static StoreException FromAppender(AppenderHandle appender, string table)
    {
        var error = DuckDb.AppenderError(appender);
        var message = NativeText.Borrowed(DuckDb.ErrorMessage(error));
        DuckDb.DestroyError(ref error);
        return FromMessage($"Writing to table {table} failed: {message}");
    }

    // DuckDB begins each message with its class ("IO Error: ..."), but wraps one error in another. A FATAL one means that the
    // database refuses all further work, which only a failing disk causes.
    static StoreError KindOf(string message) =>
        message.Contains("read-only mode", StringComparison.Ordinal) ? StoreError.ReadOnly
        : message.StartsWith("INTERRUPT Error", StringComparison.Ordinal) ? StoreError.Interrupted
        : message.Contains("No space left on device", StringComparison.Ordinal) || message.Contains(FileTooLarge, StringComparison.Ordinal) ? StoreError.DiskFull
        : message.Contains("IO Error", StringComparison.Ordinal) || message.Contains("FATAL", StringComparison.Ordinal) ? StoreError.Io
        : StoreError.Sql;
}
