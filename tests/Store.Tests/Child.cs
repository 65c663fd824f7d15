using System.Diagnostics;
using System.Runtime.CompilerServices;
using LocalOpinions.Store.Rows;
using LocalOpinions.Tests;

namespace LocalOpinions.Store.Tests;

/// <summary>This test program as a second process: it holds a file, or appends until it is killed.</summary>
static class Child
{
    const string Task = "LOCALOPINIONS_STORE_TEST_TASK";
    const string Argument = "LOCALOPINIONS_STORE_TEST_ARGUMENT";
    public const int Questions = 2_000;
    public const int Orders = 2;

    /// <summary>Even: each batch holds a prompt's rows of both runs.</summary>
    public const int BatchSize = 50;

    // Runs before the test program's own Main; only a process that a test started has the variable.
    [ModuleInitializer]
    internal static void RunTask()
    {
        var task = Environment.GetEnvironmentVariable(Task);
        if (string.IsNullOrEmpty(task))
            return;
        var argument = Environment.GetEnvironmentVariable(Argument)!;
        switch (task)
        {
            case "hold":
                using (ResultsFile.Open(argument))
                {
                    Console.WriteLine("ready");
                    Console.ReadLine();
                }

                break;
            case "read":
                using (var results = ResultsFile.OpenReadOnly(argument))
                using (var models = results.Query("SELECT count(*) FROM models"))
                    Console.WriteLine(models.Rows.Single()[0]);
                break;
            case "append":
                AppendAll(argument);
                break;
            case "version":
                try
                {
                    Console.WriteLine(ResultsFile.LibraryVersion);
                }
                catch (StoreException e)
                {
                    Console.WriteLine($"{e.Kind}: {e.Message}");
                }

                break;
            default:
                Environment.Exit(2);
                break;
        }

        Environment.Exit(0);
    }

    public static Process Start(string task, string argument, string? nativeFolder = null)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "LocalOpinions.Store.Tests"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { [Task] = task, [Argument] = argument },
        };
        if (nativeFolder is not null)
            start.Environment["LOCALOPINIONS_NATIVE"] = nativeFolder;
        return ChildProcess.Start(start);
    }

    /// <summary>Two runs, as of two prompted countries, asked at once and each question in two orders.</summary>
    public static RunHandle[] Begin(ResultsFile results)
    {
        var run = Sample.Run(results.AddModel(Sample.Model()),
            results.AddSurvey(Sample.Survey(), Sample.Questions(Questions), Sample.Countries));
        return [results.BeginRun(run), results.BeginRun(run with { Condition = "cross-national", PromptedCountry = "Britain" })];
    }

    public static IEnumerable<AnswerRow> Answers(RunHandle[] runs) => Sample.Questions(Questions)
        .SelectMany(q => Enumerable.Range(0, Orders).SelectMany(order => runs.Select(run => Sample.Answer(run.RunId, q, order))));

    static void AppendAll(string path)
    {
        using var results = ResultsFile.Open(path);
        var runs = Begin(results);
        var answered = runs.ToDictionary(r => r.RunId, r => r.Answered);
        Console.WriteLine("ready");
        foreach (var batch in Answers(runs).Where(a => !answered[a.RunId].Contains((a.SourceRow, a.OrderIndex))).Chunk(BatchSize))
            results.Append(batch, []);
        foreach (var run in runs)
            results.EndRun(run.RunId, new RunEnd("complete", 1, 1, 2));
    }
}
