using System.CommandLine;
using LocalOpinions.Asking.Measuring;
using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Commands;

static class BenchCommand
{
    const int DefaultQuestions = 100;

    public static Command Create()
    {
        var model = Options.Model();
        var survey = new Option<string>("--survey", "-s")
        {
            Description = SurveyArgument.Description + " Default: sample.",
            DefaultValueFactory = _ => SurveySource.Sample,
        };
        var questions = Options.Whole("--questions",
            $"Questions of the default condition; conditions with more prompts per question ask fewer. Default: {DefaultQuestions}.");
        var names = BenchJob.Cases.Select(c => c.Name).ToArray();
        var conditions = Options.Words("--conditions", $"Only these: {string.Join(", ", names)}. Default: all.", "NAME...", names);
        var formats = new Option<bool>("--formats")
        {
            Description = "Also convert the weights (into a temporary folder) and tell which format this device computes fastest.",
        };
        var output = new OutputOption(
            new Option<string?>("--out", "-o") { Description = "Also write the page as Markdown into this file." });
        var engine = new ModelOptions(several: false);
        var endpoint = new EndpointOptions();
        var json = Options.Json();
        var command = new CheckedCommand("bench", """
            Measure llama.cpp's own prompt rates (pp128, pp512: llama-bench's protocol) and real survey work in each condition, one
            after the other. Of a model on a server (--endpoint) survey work alone.

            Examples:
              localopinions bench --model SmolLM2-135M-Instruct.Q4_1
              localopinions bench -m ./model.gguf -s global_opinions.csv --questions 400 --conditions default cyclic --formats
            """) { model, survey, questions, conditions, formats };
        output.AddTo(command);
        endpoint.AddTo(command, [.. engine.All, formats]);
        engine.AddTo(command);
        command.Add(json);
        command.SetAction(async parsed =>
        {
            using var interruption = new Interruption();
            var file = output.ReadIfNamed(parsed);
            var chosen = parsed.GetValue(conditions) is { Length: > 0 } some
                ? BenchJob.Cases.Where(c => some.Contains(c.Name)).ToList()
                : BenchJob.Cases;
            var name = parsed.GetRequiredValue(model);
            var outcome = await new BenchJob(new()
            {
                Model = (IAskedModel?)endpoint.Model(parsed, name) ?? Probed(engine.Read(parsed, name)),
                Survey = parsed.GetRequiredValue(survey),
                Questions = parsed.GetValue(questions) ?? DefaultQuestions,
                Cases = chosen,
                Formats = parsed.GetValue(formats),
                Monitor = TerminalMonitor.Create(parsed.GetValue(json)),
            }).ExecuteAsync(interruption.Token);
            var page = Screen.Clean(BenchPage.Write(outcome, "localopinions "
                + string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Select(Path.GetFileName).Select(a => ThisProgram.Quote(a!)))));
            file?.WritePage(page);
            if (parsed.GetValue(json))
                Json.Write(outcome);
            else
                Console.Out.Write(page);
            return ExitCodes.Done;
        });
        return command;
    }

    static IAskedModel Probed(GgufModel model) => model with { Probe = true, Threads = model.Threads ?? ThreadsOf(model) };

    // All, and not as many as a long run finds fastest; a GPU needs few.
    static int? ThreadsOf(GgufModel model) => EngineRuntime.WouldUseGpu(model.Device.Kind) ? null : Environment.ProcessorCount;
}
