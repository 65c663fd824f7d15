namespace LocalOpinions.Store.Sql;

/// <summary>Tells files of DuckDB from others, whatever their names.</summary>
public static class DatabaseFile
{
    const int HeadBytes = 12;

    /// <summary>What a log is in words.</summary>
    public const string Log = "a database's log";

    /// <summary>What a file is in words, if it is a database or the log beside one; null for anything else.</summary>
    /// <param name="path">A file that is there.</param>
    public static string? Kind(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[HeadBytes];
        return Kind(path, head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]);
    }

    /// <summary>The same of a file whose first bytes were read already, 12 or more where it has them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="head">Its first bytes.</param>
    // "DUCK" stands behind an eight-byte checksum.
    public static string? Kind(string path, ReadOnlySpan<byte> head) => IsLog(path) ? Log
        : head.Length >= HeadBytes && head[8..HeadBytes].SequenceEqual("DUCK"u8) ? "a results file or another database" : null;

    /// <summary>Whether a name is that of a log: DuckDB keeps there what it has not yet put into the file beside it, reads it when that is
    /// opened next, and deletes it then.</summary>
    /// <param name="path">A path.</param>
    public static bool IsLog(string path) => path.EndsWith(".wal", StringComparison.OrdinalIgnoreCase);
}
