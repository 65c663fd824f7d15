using System.CommandLine;
using LocalOpinions.Analysis.Rankings;
using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Engine;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Commands;

static class DemoCommand
{
    const int CountriesShown = 40;

    public static Command Create()
    {
        var threads = Options.Threads();
        var json = Options.Json();
        var command = new Command("demo", """
            Ask the bundled model the bundled sample survey and show whose opinions its answers resemble.
            Writes a fresh results file into the working folder. Takes seconds and needs no other file.

            Example:
              localopinions demo
            """) { threads, json };
        command.SetAction(async parsed =>
        {
            RequireModel();
            using var interruption = new Interruption();
            var quiet = parsed.GetValue(json);
            var request = new RunRequest
            {
                Model = new GgufModel(ModelChoice.Find(Options.DefaultModel))
                {
                    Device = DeviceChoice.Cpu,
                    Threads = parsed.GetValue(threads),
                    Isolate = false,
                },
                Job = new() { Survey = SurveySource.Sample, Design = DesignChoice.Default },
                Output = FreshFile(),
                Monitor = TerminalMonitor.Create(quiet),
            };
            var run = await new RunJob(request).ExecuteAsync(interruption.Token);
            if (!quiet)
                Console.Out.WriteLine(Screen.Clean($"Whose opinions do the answers of {run.Model} resemble?\n"));
            var code = RunReport.Print(run, quiet, CountriesShown, OffMenuLimit.Default);
            if (!run.Interrupted && !quiet)
                PrintNext(run.File);
            return code;
        });
        return command;
    }

    /// <summary>An installed program comes without the model: the message says how to get it and what to do without it.</summary>
    static void RequireModel()
    {
        try
        {
            ModelChoice.Find(Options.DefaultModel);
        }
        catch (EngineException e) when (e.Kind == EngineError.ModelNotFound)
        {
            throw new EngineException(
                e.Kind, $"{e.Message} (or ask a model that you have: localopinions run --model FILE.gguf --survey sample)");
        }
    }

    /// <summary>A name that no file in the working folder has: a demo never touches earlier results.</summary>
    static string FreshFile()
    {
        for (var i = 1; ; i++)
        {
            var name = i == 1 ? "demo.duckdb" : $"demo-{i}.duckdb";
            if (!File.Exists(name))
                return name;
        }
    }

    static void PrintNext(string file)
    {
        var self = ThisProgram.Command;
        Console.Out.WriteLine(Screen.Clean($"""

            What next
              {self} report {file} -o report.html
                  the same as a page with a world map
              {self} sql {file} "from country_similarity"
                  the numbers in SQL
              {self} run --help
                  another model, a real survey
            """));
    }
}
