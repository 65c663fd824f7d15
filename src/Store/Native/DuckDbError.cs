namespace LocalOpinions.Store.Native;

/// <summary>The one place where DuckDB's messages become exceptions.</summary>
static class DuckDbError
{
    public static StoreException FromMessage(string message) => new(KindOf(message), message);

    public static StoreException FromAppender(AppenderHandle appender, string table)
    {
        var error = DuckDb.AppenderError(appender);
        var message = NativeText.Borrowed(DuckDb.ErrorMessage(error));
        DuckDb.DestroyError(ref error);
        return new StoreException(KindOf(message), $"Writing to table {table} failed: {message}");
    }

    // DuckDB begins each message with its class ("IO Error: ..."). A FATAL one means that the database refuses all
    // further work, which only a failing disk causes.
    static StoreError KindOf(string message) =>
        message.Contains("read-only mode", StringComparison.Ordinal) ? StoreError.ReadOnly
        : message.StartsWith("IO Error", StringComparison.Ordinal) || message.StartsWith("FATAL", StringComparison.Ordinal) ? StoreError.Io
        : StoreError.Sql;
}
