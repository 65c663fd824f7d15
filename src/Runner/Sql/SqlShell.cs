using System.Diagnostics;
using System.Runtime.InteropServices;
using LocalOpinions.Analysis;
using LocalOpinions.Asking.Outputs;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;
using LocalOpinions.Store.Sql;
using Spectre.Console;

namespace LocalOpinions.Runner.Sql;

/// <summary>The interactive shell.</summary>
sealed class SqlShell(ResultsFile results, SqlSession session, ResultFormat format)
{
    public const string Views = "country_similarity, similarities_long, answers_long, questions_long, run_overview";

    const string Help = $"""
        End each statement with a semicolon; it may take several lines.
        Views to begin with: {Views}.
        SHOW TABLES; lists them all, DESCRIBE country_similarity; a view's columns.
        Tab completes names, arrows go through the history, Ctrl-C gives up a statement or a query, Ctrl-D or exit leaves.
          .examples [N]   the worked queries; with a number, shows and runs one
          .format NAME    table, csv, json or markdown
          .save FILE      the last query's result, in the format of the file's name; .save --force FILE replaces what is there
          .help           this
        """;

    CancellationTokenSource _line = new();
    ResultFormat _format = format;
    string? _lastQuery;
    volatile bool _working;

    public static bool IsGoodbye(string text) => text.TrimEnd(';') is "exit" or "quit";

    public int Run()
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnInterrupt);
        Say($"{results.FullPath}, {(results.IsReadOnly ? "read-only" : "open for writing")}");
        Say(".help says what one can do here, .examples where to begin.");
        var input = new LineInput(session);
        var pending = "";
        while (true)
        {
            if (_line.IsCancellationRequested)
                _line = new();
            if (input.Read(goingOn: pending.Length > 0, _line.Token) is not { } text)
                break;
            if (_line.IsCancellationRequested)
                text = pending = "";
            if (pending.Length == 0 && IsGoodbye(text.Trim()))
                break;
            if (pending.Length == 0 && text.TrimStart().StartsWith('.'))
            {
                input.Remember(text.Trim());
                Try(() => Command(text.Trim()));
                continue;
            }

            pending += text;
            var statements = SqlStatement.Split(pending);
            if (statements.Count > 0 && !statements[^1].IsComplete)
            {
                pending += "\n";
                continue;
            }
            if (statements.Count > 0)
                input.Remember(pending.Trim());
            pending = "";
            foreach (var statement in statements)
            {
                if (!Try(() => Show(statement.Text)))
                    break;
            }
        }

        return ExitCodes.Done;
    }

    void Show(string sql)
    {
        var clock = Stopwatch.StartNew();
        using var result = ResultWriter.Query(session, sql, _format);
        if (result.IsSelect)
            _lastQuery = sql;
        var note = ResultWriter.Print(result, _format);
        Console.Out.WriteLine($"{(note.Length > 0 ? note + ", " : "")}{clock.Elapsed.TotalSeconds:0.000} s");
    }

    void Command(string line)
    {
        var (name, argument) = line.IndexOf(' ') is >= 0 and var blank ? (line[..blank], line[blank..].Trim()) : (line, "");
        switch (name.TrimEnd(';'))
        {
            case ".help":
                Say(Help);
                break;
            case ".examples":
                Example(argument);
                break;
            case ".format":
                _format = Enum.TryParse<ResultFormat>(argument, ignoreCase: true, out var named)
                    && named != ResultFormat.Parquet && !char.IsDigit(argument[0])
                    ? named
                    : throw new IOException(".format takes table, csv, json or markdown. Parquet goes into a file: .save FILE.parquet");
                break;
            case ".save":
                Save(argument);
                break;
            default:
                throw new IOException($"There is no {name}. There are .help, .examples, .format and .save; SQL needs no dot.");
        }
    }

    // Prose breaks between words.
    static void Say(string text) => Screen.Out.Write(new Text(Screen.Clean(text) + "\n"));

    static string Indented(string sql) => "  " + sql.ReplaceLineEndings("\n  ");

    void Example(string number)
    {
        var all = WorkedQuery.All;
        if (number.Length == 0)
        {
            for (var i = 0; i < all.Count; i++)
                Say($"{i + 1,3}  {all[i].Question}");
            Say(".examples 1 shows and runs the first.");
            return;
        }
        if (!int.TryParse(number, out var n) || n < 1 || n > all.Count)
            throw new IOException($".examples takes a number from 1 to {all.Count}.");
        Say(all[n - 1].Question);
        Console.Out.WriteLine($"\n{Indented(all[n - 1].Sql)};\n");
        Show(all[n - 1].Sql);
    }

    void Save(string argument)
    {
        const string Force = "--force ";
        var force = argument.StartsWith(Force, StringComparison.Ordinal);
        var path = force ? argument[Force.Length..].Trim() : argument;
        if (_lastQuery is null)
            throw new IOException("There is no query yet whose result could be saved.");
        if (ResultFormats.OfFile(path) is not { } fileFormat)
            throw new IOException($".save takes a file whose name ends in {ResultFormats.Extensions}.");
        OutputFile.At(path, [results.FullPath], force)
            .Write(unfinished => ResultWriter.Save(session, _lastQuery, fileFormat, unfinished));
        Console.Out.WriteLine(Screen.Clean($"{path}: {new FileInfo(path).Length:N0} bytes"));
    }

    /// <summary>What goes wrong is told, and the shell stays open: a typing error must not end a session.</summary>
    bool Try(Action action)
    {
        try
        {
            _working = true;
            action();
            return true;
        }
        catch (Exception e) when (e is StoreException or InputException or IOException or UnauthorizedAccessException)
        {
            Console.Out.Flush();
            Console.Error.WriteLine(e is StoreException { Kind: StoreError.Interrupted } ? "interrupted"
                : Screen.Clean(RemedyText.Told(e)));
            return false;
        }
        finally
        {
            _working = false;
        }
    }

    void OnInterrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_working)
            session.Interrupt();
        else
            _line.Cancel();
    }
}
