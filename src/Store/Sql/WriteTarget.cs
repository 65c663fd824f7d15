namespace LocalOpinions.Store.Sql;

/// <summary>How a statement writes outside the database that the session is of.</summary>
enum WriteWay
{
    /// <summary>COPY ... TO, EXPORT DATABASE: a file, or files in a folder.</summary>
    Copy,

    /// <summary>ATTACH, other than for reading alone.</summary>
    Attach,

    /// <summary>A setting by which DuckDB writes profiles or logs.</summary>
    Setting,
}

/// <summary>A file or folder that a statement writes to; DuckDB replaces whatever is there.</summary>
/// <param name="Way">How.</param>
/// <param name="Path">Null where it is not said in plain text.</param>
readonly record struct WriteTarget(WriteWay Way, string? Path)
{
    // What follows is a file's name; the last one is of CALL enable_profiling.
    static readonly string[] s_settings =
        ["profiling_output", "profile_output", "log_query_path", "http_logging_output", "save_location"];

    /// <summary>All that a statement names, also one that is prepared or explained.</summary>
    /// <param name="statement">One statement.</param>
    /// <param name="attachesToRead">Whether ATTACH without further words attaches for reading.</param>
    public static IEnumerable<WriteTarget> Of(SqlPieces statement, bool attachesToRead)
    {
        var (depth, copies) = (0, false);
        for (var i = 0; i < statement.Count; i++)
        {
            depth += statement.Is(i, "(") ? 1 : statement.Is(i, ")") ? -1 : 0;
            if (statement.Is(i, "COPY"))
                copies = !statement.Is(i + 1, "FROM");
            else if (copies && depth == 0 && statement.Is(i, "TO"))
                yield return new(WriteWay.Copy, statement.Text(i + 1));
            else if (statement.Is(i, "EXPORT") && statement.Is(i + 1, "DATABASE"))
                yield return new(WriteWay.Copy, statement.Text(statement.Is(i + 3, "TO") ? i + 4 : i + 2));
            else if (depth == 0 && statement.Is(i, "ATTACH") && !ReadsOnly(statement, i, attachesToRead))
                yield return new(WriteWay.Attach, statement.Text(SkipWords(statement, i + 1)));
            else if (statement.Names(i, s_settings) && statement.AnyBefore(i, "SET", "PRAGMA", "CALL"))
                yield return new(WriteWay.Setting, statement.Text(SkipSigns(statement, i + 1)));
        }
    }

    static bool ReadsOnly(SqlPieces statement, int at, bool byDefault)
    {
        var readsOnly = byDefault;
        for (var i = at; i < statement.Count; i++)
        {
            if (statement.Is(i, "READ_WRITE", "ACCESS_MODE"))
                return false;
            if (statement.Is(i, "READ_ONLY"))
                readsOnly = statement.Is(i + 1, ")", ",", "TRUE");
        }

        return readsOnly;
    }

    static int SkipWords(SqlPieces statement, int at)
    {
        while (statement.Is(at, "OR", "REPLACE", "DATABASE", "IF", "NOT", "EXISTS"))
            at++;
        return at;
    }

    static int SkipSigns(SqlPieces statement, int at)
    {
        while (statement.Is(at, "=", ":", ">", "TO"))
            at++;
        return at;
    }
}
