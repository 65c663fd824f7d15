namespace LocalOpinions.Store.Sql;

/// <summary>Tells files of DuckDB from others, whatever their names.</summary>
public static class DatabaseFile
{
    /// <summary>What a log is in words.</summary>
    public const string Log = "a database's log";

    /// <summary>What a file is in words, if it is a database or the log beside one; null for anything else.</summary>
    /// <param name="path">A file that is there.</param>
    public static string? Kind(string path)
    {
        if (IsLog(path))
            return Log;
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[12];
        // "DUCK" stands behind an eight-byte checksum.
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[8..].SequenceEqual("DUCK"u8)
            ? "a results file or another database" : null;
    }

    /// <summary>Whether a name is that of a log: DuckDB keeps there what it has not yet put into the file beside it, reads it when that is
    /// opened next, and deletes it then.</summary>
    /// <param name="path">A path.</param>
    public static bool IsLog(string path) => path.EndsWith(".wal", StringComparison.OrdinalIgnoreCase);
}
