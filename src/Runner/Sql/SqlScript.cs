using LocalOpinions.Analysis;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;
using LocalOpinions.Store.Sql;

namespace LocalOpinions.Runner.Sql;

/// <summary>Statements from a file or from standard input, each with its result printed.</summary>
static class SqlScript
{
    /// <summary>Runs a file up to its end or its first failure.</summary>
    public static void RunFile(SqlSession session, string path, ResultFormat format)
    {
        foreach (var statement in SqlStatement.Split(InputFile.ReadText(path)))
        {
            try
            {
                Run(session, statement.Text, format);
            }
            catch (StoreException e) when (e.Kind == StoreError.Sql)
            {
                throw new StoreException(e.Kind, $"{path}, statement on line {statement.Line}: {e.Message}", e);
            }
        }
    }

    /// <summary>Runs what comes, as it comes. A failed statement is told and the next one is read; the exit code remembers.</summary>
    public static int RunInput(SqlSession session, TextReader input, ResultFormat format)
    {
        var (pending, failed) = ("", false);
        for (var line = input.ReadLine(); line is not null; line = input.ReadLine())
        {
            pending += line + "\n";
            var statements = SqlStatement.Split(pending);
            if (statements.Count > 0 && statements[^1].IsComplete)
            {
                RunAll(statements);
                pending = "";
            }
        }

        RunAll(SqlStatement.Split(pending));
        return failed ? ExitCodes.File : ExitCodes.Done;

        void RunAll(IReadOnlyList<SqlStatement> statements)
        {
            foreach (var statement in statements)
            {
                try
                {
                    Run(session, statement.Text, format);
                }
                catch (StoreException e) when (e.Kind == StoreError.Sql)
                {
                    failed = true;
                    Console.Error.WriteLine(Screen.Clean(e.Message));
                }
            }
        }
    }

    /// <summary>Runs the statements of a text, each with its result printed, up to the first that fails.</summary>
    public static void RunText(SqlSession session, string sql, ResultFormat format)
    {
        foreach (var statement in SqlStatement.Split(sql))
            Run(session, statement.Text, format);
    }

    static void Run(SqlSession session, string sql, ResultFormat format)
    {
        using var result = ResultWriter.Query(session, sql, format);
        if (ResultWriter.Print(result, format) is { Length: > 0 } note)
            Console.Out.WriteLine(note);
    }
}
