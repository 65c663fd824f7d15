namespace LocalOpinions.Store.Sql;

/// <summary>What users' SQL may write besides the session's own database: new files, and never onto what is kept.</summary>
static class WriteRule
{
    static readonly string[] s_logging = ["storage", "storage_path", "storage_config", "logging_storage"];

    // By these DuckDB would fetch an extension as soon as a statement asks for one.
    static readonly string[] s_fetching = ["autoinstall_known_extensions", "autoload_known_extensions"];

    /// <summary>Refuses statements that would write onto what is kept, or would run statements that cannot be looked at.</summary>
    /// <param name="sql">One or more statements.</param>
    /// <param name="readOnly">Whether the session's own database is open for reading only.</param>
    /// <param name="extensions">Whether extensions may be fetched.</param>
    /// <param name="whyKept">What a file that is there is, in words; null where it may be replaced.</param>
    /// <exception cref="StoreException">One would, or does not say where it writes in plain text.</exception>
    public static void Require(string sql, bool readOnly, bool extensions, Func<string, string?> whyKept)
    {
        foreach (var statement in SqlStatement.Split(sql).Select(s => new SqlPieces(s.Text)))
        {
            for (var i = 0; i < statement.Count; i++)
            {
                if (statement.Names(i, "import_database") || statement.Is(i, "IMPORT") && statement.Is(i + 1, "DATABASE"))
                    throw new StoreException(StoreError.Sql, "IMPORT DATABASE is switched off: it runs statements from files, which could "
                        + "write anywhere. Run the files' statements themselves.");
                // Where DuckDB cannot write its log it ends the whole program.
                if (statement.Names(i, s_logging) && statement.AnyBefore(i, "enable_logging", "SET", "PRAGMA"))
                    throw new StoreException(StoreError.Sql, "DuckDB's logs stay in memory here. To read them: from duckdb_logs.");
                if (!extensions && statement.Names(i, s_fetching) && statement.AnyBefore(i, "SET", "PRAGMA"))
                    throw new StoreException(StoreError.Sql, "Fetching extensions is switched off: DuckDB would take code from the "
                        + "network.");
            }

            foreach (var target in WriteTarget.Of(statement, readOnly))
                Require(target, whyKept);
        }
    }

    static void Require(WriteTarget target, Func<string, string?> whyKept)
    {
        // DuckDB understands both as another path than the one that is written there.
        if (target.Path is not { } path || path.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || path.StartsWith('~'))
            throw new StoreException(StoreError.Sql, $"{Name(target.Way)} takes the file's path in single quotes here, and without ~, so "
                + "that no file is replaced that must stay.");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new StoreException(StoreError.Sql, $"{path} is a folder that is not empty, and stays as it is. Name a new one.");
        // A log that is not there yet is read all the same when the database beside it is opened next.
        if ((DatabaseFile.IsLog(path) ? DatabaseFile.Log : File.Exists(path) ? whyKept(path) : null) is { } kind)
            throw new StoreException(StoreError.Sql, $"{path} is {kind}, and stays as it is. "
                + (target.Way == WriteWay.Attach ? "Attach it READ_ONLY, or name a new file." : "Name another file."));
    }

    static string Name(WriteWay way) => way switch
    {
        WriteWay.Copy => "COPY ... TO",
        WriteWay.Attach => "ATTACH",
        _ => "A setting for DuckDB's own logs and profiles",
    };
}
