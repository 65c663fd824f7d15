using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LocalOpinions.Store.Tests;

/// <summary>This test program as a second process: it holds a file, or appends until it is killed.</summary>
static class Child
{
    const string Task = "LOCALOPINIONS_STORE_TEST_TASK";
    const string Argument = "LOCALOPINIONS_STORE_TEST_ARGUMENT";
    public const int Questions = 4_000;
    public const int BatchSize = 25;

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
        return Process.Start(start)!;
    }

    static void AppendAll(string path)
    {
        using var results = ResultsFile.Open(path);
        var questions = Sample.Questions(Questions);
        var run = Sample.BeginRun(results, Questions);
        Console.WriteLine("ready");
        foreach (var batch in questions.Where(q => !run.AnsweredRows.Contains(q.SourceRow)).Chunk(BatchSize))
            results.Append(run.RunId, [.. batch.Select(Sample.Answer)], []);
        results.EndRun(run.RunId, new RunEnd("complete", 1, 1));
    }
}
