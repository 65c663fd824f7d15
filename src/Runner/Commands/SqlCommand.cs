using System.CommandLine;
using LocalOpinions.Analysis;
using LocalOpinions.Asking.Outputs;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Sql;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;
using LocalOpinions.Store.Sql;

namespace LocalOpinions.Runner.Commands;

static class SqlCommand
{
    public static Command Create()
    {
        var file = Options.ResultsArgument();
        var query = new Argument<string?>("query")
        {
            Description = "SQL. Without it a shell opens; where standard input is no terminal, statements are read from it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var script = new Option<string?>("--file", "-f") { Description = "Run the statements of this file.", HelpName = "SQL" };
        var format = Options.OneOf<ResultFormat>("--format", "How to print results; parquet only into a file.");
        var csv = new Option<bool>("--csv") { Description = "The same as --format csv." };
        var json = new Option<bool>("--json") { Description = "The same as --format json: an array of objects." };
        var named = new Option<string?>("--out", "-o")
        {
            Description =
                $"Write the (last) result into this file, in the format of its extension ({ResultFormats.Extensions}) or of --format.",
            HelpName = "FILE",
        };
        var output = new OutputOption(named);
        var write = new Option<bool>("--write")
        {
            Description = "Open the file for writing; without it nothing in the file can be changed.",
        };
        var extensions = new Option<bool>("--extensions")
        {
            Description = "Let INSTALL and LOAD fetch DuckDB extensions from the network; without it no SQL reaches the network.",
        };
        var command = new CheckedCommand("sql", $"""
            Query a results file in SQL: a shell, one query, or a script. Views to begin with: {SqlShell.Views} (docs/sql.md).

            Examples:
              localopinions sql results.duckdb
              localopinions sql results.duckdb "from country_similarity order by similarity_bits desc limit 10"
              localopinions sql results.duckdb "from answers_long" -o answers.parquet
              localopinions sql results.duckdb -f queries.sql --csv
            """) { file, query, script, format, csv, json };
        output.AddTo(command);
        command.Add(write);
        command.Add(extensions);
        command.Check(Contradictions);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var options = StoreOptions.Default with { Extensions = parsed.GetValue(extensions) };
            var target = output.ReadIfNamed(parsed);
            var chosen = parsed.GetValue(csv) ? ResultFormat.Csv
                : parsed.GetValue(json) ? ResultFormat.Json
                : parsed.IsGiven(format) || target is null ? parsed.GetValue(format)
                : ResultFormats.OfFile(target.Path)!.Value;
            using var results = parsed.GetValue(write) ? ExistingFile.Open(path, options) : ResultsFile.OpenReadOnly(path, options);
            using var session = results.OpenSession(FileContent.Kind);
            return Run(results, session, parsed.GetValue(query), parsed.GetValue(script), chosen, target);
        });
        return command;

        IEnumerable<string> Contradictions(ParseResult parsed)
        {
            var (asked, chosen) = (parsed.GetValue(query) ?? parsed.GetValue(script), parsed.IsGiven(format));
            if (new[] { chosen, parsed.GetValue(csv), parsed.GetValue(json) }.Count(given => given) > 1)
                yield return "--format, --csv and --json exclude each other.";
            if (parsed.GetValue(query) is not null && parsed.GetValue(script) is not null)
                yield return "A query and --file exclude each other.";
            if (parsed.GetValue(named) is not { } target)
            {
                if (parsed.GetValue(format) == ResultFormat.Parquet)
                    yield return "Parquet is no text: name a file with --out.";
            }
            else if (asked is null && !Console.IsInputRedirected)
            {
                yield return "--out needs a query, or a file of them with --file. In the shell: .save FILE.";
            }
            else if (!chosen && !parsed.GetValue(csv) && !parsed.GetValue(json) && ResultFormats.OfFile(target) is null)
            {
                yield return $"--out {target}: the name does not end in {ResultFormats.Extensions}; name the format with --format.";
            }
        }
    }

    static int Run(ResultsFile results, SqlSession session, string? query, string? script, ResultFormat format, OutputFile? target)
    {
        if (target is not null)
        {
            var sql = query ?? (script is not null ? InputFile.ReadText(script) : Console.In.ReadToEnd());
            Save(session, sql, format, target);
        }
        else if (query is not null)
        {
            SqlScript.RunText(session, query, format);
        }
        else if (script is not null)
        {
            SqlScript.RunFile(session, script, format);
        }
        else
        {
            return Console.IsInputRedirected
                ? SqlScript.RunInput(session, Console.In, format)
                : new SqlShell(results, session, format).Run();
        }

        return ExitCodes.Done;
    }

    // Interrupted, it leaves no half file.
    static void Save(SqlSession session, string sql, ResultFormat format, OutputFile target)
    {
        using var interruption = new Interruption();
        using var ends = interruption.Token.Register(session.Interrupt);
        try
        {
            target.Write(unfinished => ResultWriter.Save(session, sql, format, unfinished));
        }
        catch (StoreException e) when (e.Kind == StoreError.Interrupted)
        {
            throw new OperationCanceledException(e.Message, e);
        }
    }
}
