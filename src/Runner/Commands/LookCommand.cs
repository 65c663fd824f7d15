using System.CommandLine;
using LocalOpinions.Asking.Looking;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Commands;

static class LookCommand
{
    const int DefaultTokens = 64;

    public static Command Create()
    {
        var model = Options.Model();
        var survey = new Option<string>("--survey", "-s")
        {
            Description = SurveyArgument.Description + " Default: sample.",
            DefaultValueFactory = _ => SurveySource.Sample,
        };
        var questions = new Option<string[]>("--question")
        {
            Description = "Questions by their id in the survey, or by their row in its file, counted from 0.",
            HelpName = "ID|ROW...",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var writing = new WritingOptions(DefaultTokens);
        var stops = new Option<string[]>("--stop")
        {
            Description = "Texts end before such a string. In the plain layout \"Human:\" on a line of its own ends them too.",
            HelpName = "TEXT...",
            AllowMultipleArgumentsPerToken = true,
        };
        var free = new Option<bool>("--free") { Description = "Leave the closing words out: the model begins its answer as it likes." };
        var output = new Option<string?>("--out", "-o")
        {
            Description = "Also store the texts in this results file, with the run that asks the same (table generations).",
        };
        var exact = new Option<bool>("--exact") { Description = "F32 cache, no flash attention." };
        var engine = new ModelOptions(several: true);
        var endpoint = new EndpointOptions();
        var json = Options.Json();
        var command = new CheckedCommand("look", """
            Look at what a condition makes a model say: it goes on writing from the prompts that run would ask, and each text
            is held against the option that has the highest probability. Answers never come from these texts. 'texts' compares the words of
            those that --out stored.

            Examples:
              localopinions look --model SmolLM2-135M-Instruct.Q4_1 --question 18 --country China "United States"
              localopinions look -m ./model.gguf -s global_opinions.csv --question 12 40 --layout chat --free \
                --texts 5 --temperature 0.8 --top-p 0.95 --seed 7
              localopinions look --endpoint http://127.0.0.1:8080 --model NAME --question 18 --tokens 20
            """) { model, survey, questions };
        foreach (var option in (Option[])[.. writing.All, stops, free, output])
            command.Add(option);
        var asking = new AskingOptions();
        asking.AddTo(command, AnswerReading.Written, AnswerReading.Verbalised);
        command.Add(exact);
        endpoint.AddTo(command, [exact, .. engine.All]);
        engine.AddTo(command);
        command.Add(json);
        command.SetAction(async parsed =>
        {
            using var interruption = new Interruption();
            var choice = writing.Read(parsed);
            var outcome = await new LookJob(new()
            {
                Model = (IAskedModel?)endpoint.Model(parsed, parsed.GetRequiredValue(model))
                    ?? engine.Read(parsed, parsed.GetRequiredValue(model)),
                Job = new()
                {
                    Survey = parsed.GetRequiredValue(survey),
                    Design = asking.Read(parsed),
                    Named = parsed.GetRequiredValue(questions),
                    Exact = parsed.GetValue(exact),
                },
                Free = parsed.GetValue(free),
                Sampling = new(choice.Temperature, choice.TopP, choice.Seed),
                Tokens = choice.Tokens,
                Texts = choice.Texts,
                Stops = parsed.GetValue(stops) ?? [],
                Output = parsed.GetValue(output),
                Warn = TerminalMonitor.Create(quiet: true).Warn,
            }).ExecuteAsync(interruption.Token);
            Json.WriteOr(parsed.GetValue(json), outcome with { Unasked = RemedyText.Told(outcome.Unasked) }, Print);
            return ExitCodes.Done;
        });
        return command;
    }

    static void Print(LookOutcome outcome)
    {
        var several = outcome.Texts.Select(t => t.Template).Distinct().Count() > 1;
        foreach (var question in outcome.Texts.GroupBy(t => (t.SourceRow, t.Country, t.Template)))
        {
            var name = QuestionName.Of(question.First().QuestionId, question.Key.SourceRow);
            Console.Out.WriteLine(Screen.Clean($"{name}{(question.Key.Country is { } country ? $", {country}" : "")}"
                + $"{(several ? $", {question.Key.Template}" : "")}"));
            Console.Out.WriteLine(Screen.Clean(Indented(question.First().Prompt)));
            Console.Out.WriteLine(Screen.Clean($"  most probable: {question.First().MostProbable} ({question.First().Probability:P0})"));
            foreach (var text in question)
                Console.Out.WriteLine(Screen.Clean($"  >> {Indented(text.Text).TrimStart()}   "
                    + $"[{text.Finish.ToString().ToLowerInvariant()}, {text.Tokens} tokens; {Named(text)}]"));
            Console.Out.WriteLine();
        }
        foreach (var question in outcome.Unasked)
            Console.Out.WriteLine(Screen.Clean($"row {question.SourceRow} was not asked: {question.Reason}"));
        if (outcome.StoredWithRun is { } runs)
            Console.Out.WriteLine(Screen.Clean($"stored with run {string.Join(", ", runs)} in {outcome.File} (table generations)"));
    }

    static string Named(LookedAt text) => text.Agrees switch
    {
        true => "names that option",
        false => $"names {text.Names}",
        null => "names no option, or several",
    };

    static string Indented(string text) => "  | " + text.ReplaceLineEndings("\n  | ");
}
