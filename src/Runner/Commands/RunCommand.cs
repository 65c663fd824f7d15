using System.CommandLine;

namespace LocalOpinions.Runner.Commands;

static class RunCommand
{
    const int CountriesShown = 25;

    public static Command Create()
    {
        var model = Options.Model();
        var survey = new Option<string>("--survey", "-s") { Description = SurveySource.Description, Required = true };
        var output = new Option<string>("--out", "-o") { Description = "The results file (DuckDB); made if absent, added to if there.", DefaultValueFactory = _ => "results.duckdb" };
        var limit = Options.Limit();
        var device = Options.Device();
        var threads = Options.Threads();
        var exact = new Option<bool>("--exact") { Description = "Each prompt alone in an emptied F32 cache without flash attention: an answer then depends on its own prompt alone, to the last bit." };
        var probe = new Option<bool>("--probe") { Description = "Also measure llama.cpp's own 512-token rate before, during and after, and print the run's rate as a share of it." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Show no progress." };
        var json = Options.Json();
        var command = new Command("run", """
            Ask a model a survey, store the answers and score them. An interrupted run goes on when called again.

            Examples:
              localopinions run --model SmolLM2-135M-Instruct.Q4_1 --survey sample --out results.duckdb
              localopinions run -m ./model.gguf -s global_opinions.csv -o results.duckdb --limit 200
              localopinions run -m ./model.gguf -s global_opinions.csv --orders cyclic
              localopinions run -m ./model.gguf -s global_opinions.csv --country China "United States" --template shareable
              localopinions run -m ./model.gguf -s sample --condition linguistic --language ru
              localopinions run -m ./model.gguf -s my-survey.yaml --refusals separate
            """) { model, survey, output, limit };
        var asking = new AskingOptions();
        asking.AddTo(command);
        var policy = new PolicyOptions();
        policy.AddTo(command);
        foreach (var option in new Option[] { device, threads, exact, probe, quiet, json })
            command.Add(option);
        command.SetAction(async parsed =>
        {
            using var interruption = new Interruption();
            var request = new RunRequest(
                parsed.GetRequiredValue(model), parsed.GetRequiredValue(survey), parsed.GetRequiredValue(output), parsed.GetValue(limit),
                parsed.GetValue(device), parsed.GetValue(threads), parsed.GetValue(exact), asking.Read(parsed), parsed.GetValue(probe),
                parsed.GetValue(quiet) || parsed.GetValue(json)) { Policy = policy.Read(parsed) };
            var run = await new RunJob(request).ExecuteAsync(interruption.Token);
            return RunReport.Print(run, parsed.GetValue(json), CountriesShown);
        });
        return command;
    }
}
