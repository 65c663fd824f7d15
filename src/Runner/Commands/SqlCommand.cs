using System.CommandLine;
using System.Text;
using LocalOpinions.Store;
using Spectre.Console;

namespace LocalOpinions.Runner.Commands;

static class SqlCommand
{
    const int RowsShown = 200;
    const string Views = "country_similarity, similarities_long, answers_long, questions_long, run_overview";

    public static Command Create()
    {
        var file = Options.ResultsArgument();
        var query = new Argument<string?>("query") { Description = "SQL; without it, statements are read from standard input, each ended by a semicolon.", Arity = ArgumentArity.ZeroOrOne };
        var csv = new Option<bool>("--csv") { Description = "Print the result as CSV." };
        var json = new Option<bool>("--json") { Description = "Print the result as a JSON array of objects." };
        var write = new Option<bool>("--write") { Description = "Open the file for writing; without it nothing in the file can be changed." };
        var command = new Command("sql", $"""
            Query a results file in SQL. The views to begin with: {Views} (docs/sql.md).

            Examples:
              localopinions sql results.duckdb "from country_similarity order by similarity_bits desc limit 10"
              localopinions sql results.duckdb "select * from answers_long" --csv > answers.csv
              localopinions sql results.duckdb
            """) { file, query, csv, json, write };
        command.Validators.Add(result =>
        {
            if (result.GetValue(csv) && result.GetValue(json))
                result.AddError("--csv and --json exclude each other.");
        });
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            using var results = parsed.GetValue(write) ? Options.OpenExisting(path) : ResultsFile.OpenReadOnly(path);
            Action<QueryResult> print = parsed.GetValue(csv) ? Csv : parsed.GetValue(json) ? JsonArray : Table;
            if (parsed.GetValue(query) is not { } sql)
                return Interact(results, print);
            Run(results, sql, print);
            return ExitCodes.Done;
        });
        return command;
    }

    static void Run(ResultsFile results, string sql, Action<QueryResult> print)
    {
        using var result = results.Query(sql);
        print(result);
    }

    static int Interact(ResultsFile results, Action<QueryResult> print)
    {
        var failed = false;
        var prompting = !Console.IsInputRedirected;
        if (prompting)
            Console.Error.WriteLine($"End each statement with a semicolon; Ctrl-D leaves. Views: {Views}.");
        var statement = new StringBuilder();
        while (true)
        {
            if (prompting)
                Console.Error.Write(statement.Length == 0 ? "sql> " : "  -> ");
            var line = Console.In.ReadLine();
            statement.AppendLine(line);
            if (line is null || line.TrimEnd().EndsWith(';'))
            {
                failed |= !RunPending(results, statement.ToString(), print);
                statement.Clear();
            }
            // A person has seen the errors; a script sees the exit code.
            if (line is null)
                return failed && !prompting ? ExitCodes.File : ExitCodes.Done;
        }
    }

    // A failed statement is told and the next one is read: a typing error must not end a session.
    static bool RunPending(ResultsFile results, string statement, Action<QueryResult> print)
    {
        if (string.IsNullOrWhiteSpace(statement))
            return true;
        try
        {
            Run(results, statement, print);
            return true;
        }
        catch (StoreException e) when (e.Kind == StoreError.Sql)
        {
            Console.Error.WriteLine(Screen.Clean(e.Message));
            return false;
        }
    }

    static void Csv(QueryResult result)
    {
        if (Console.IsOutputRedirected)
        {
            CsvOutput.Write(result, Console.Out);
            return;
        }
        // A terminal obeys control characters; a file keeps them.
        using var text = new StringWriter();
        CsvOutput.Write(result, text);
        Console.Out.Write(Screen.Clean(text.ToString()).ReplaceLineEndings());
    }

    static void JsonArray(QueryResult result)
    {
        using var output = Console.OpenStandardOutput();
        JsonOutput.Write(result, output);
    }

    static void Table(QueryResult result)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in result.Columns)
            table.AddColumn(new TableColumn(Screen.Cell(column.Name)));
        var count = 0;
        foreach (var row in result.Rows)
        {
            if (++count <= RowsShown)
                table.AddRow(row.Select(v => Screen.Cell(CellText.Of(v))));
        }
        Screen.Out.Write(table);
        Console.Out.WriteLine(count > RowsShown ? $"{RowsShown} of {count:N0} rows; --csv or --json prints them all" : $"{count} row{(count == 1 ? "" : "s")}");
    }
}
