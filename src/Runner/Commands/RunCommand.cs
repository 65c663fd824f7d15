using System.CommandLine;
using LocalOpinions.Analysis.Rankings;
using LocalOpinions.Asking.Running;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Commands;

static class RunCommand
{
    const int CountriesShown = 25;

    public static Command Create()
    {
        var options = new RunOptions();
        var output = new Option<string>("--out", "-o")
        {
            Description = "The results file (DuckDB); made if absent, added to if there.",
            DefaultValueFactory = _ => "results.duckdb",
        };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Show no progress." };
        var mostOffMenu = Options.MostOffMenu();
        var json = Options.Json();
        var command = new CheckedCommand("run", """
            Ask a model a survey, store the answers and score them. An interrupted run goes on when called again.

            Examples:
              localopinions run --model SmolLM2-135M-Instruct.Q4_1 --survey sample --out results.duckdb
              localopinions run -m ./model.gguf -s global_opinions.csv -o results.duckdb --limit 200
              localopinions run -m ./model.gguf -s global_opinions.csv --orders cyclic
              localopinions run -m ./model.gguf -s global_opinions.csv --device cuda:1
              localopinions run -m ./model.gguf -s global_opinions.csv --country China "United States" --template shareable
              localopinions run -m ./model.gguf -s sample --condition linguistic --language ru
              localopinions run -m ./model.gguf -s my-survey.yaml --refusals separate
              localopinions run -m ./model.gguf -s global_opinions.csv --wordings wordings.yaml --perturb typos scale-reversed
              localopinions run -m ./model.gguf -s sample --personas personas.csv --country Brazil Kenya --template shareable
              localopinions run -m ./model.gguf -s global_opinions.csv --layout chat --reading written --texts 5 --seed 7
              localopinions run -m ./model.gguf -s global_opinions.csv --layout chat --reading verbalised
              localopinions run --endpoint http://127.0.0.1:8080 -m my-model -s global_opinions.csv --in-flight 64
            """);
        options.AddTo(command, output);
        command.Add(mostOffMenu);
        command.Add(quiet);
        command.Add(json);
        command.SetAction(async parsed =>
        {
            using var interruption = new Interruption();
            var monitor = TerminalMonitor.Create(parsed.GetValue(quiet) || parsed.GetValue(json));
            var request = options.Read(parsed, parsed.GetRequiredValue(output), monitor);
            var run = await new RunJob(request).ExecuteAsync(interruption.Token);
            return RunReport.Print(run, parsed.GetValue(json), CountriesShown,
                parsed.GetValue(mostOffMenu) ?? OffMenuLimit.Default);
        });
        return command;
    }
}
