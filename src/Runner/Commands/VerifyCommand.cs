using System.CommandLine;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Verifying;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Commands;

static class VerifyCommand
{
    const int Seed = 1;
    const int DefaultQuestions = 100, PairsShown = 10;

    public static Command Create()
    {
        var model = Options.Model();
        var survey = new Option<string>("--survey", "-s")
        {
            Description = SurveyArgument.Description + " Default: sample.",
            DefaultValueFactory = _ => SurveySource.Sample,
        };
        var questions = Options.Whole("--questions", $"How many questions to sample. Default: {DefaultQuestions}.");
        var seed = Options.Whole("--seed", $"Which sample. Default: {Seed}.");
        var engine = new ModelOptions(several: true);
        var endpoint = new EndpointOptions();
        var file = new Option<string?>("--model-file")
        {
            Description = "With --endpoint: the same model as a GGUF file here, against which what the server answers is held. Default: "
                + "none; the server is then held against itself.",
            HelpName = "FILE",
        };
        var json = Options.Json();
        var command = new CheckedCommand("verify", """
            Measure how much of this model's answers is arithmetic. Scores a seeded sample of questions one prompt at a time
            (exact), as run does it, in the steps between (cache, flash attention, packing), under another plan, and one at a time
            with the same weights in F32 (float; written into a temporary folder); compares probabilities, similarities and the ranking
            of countries. A model on a server (--endpoint) is asked twice, and held against a file of the same model (--model-file).

            Examples:
              localopinions verify --model SmolLM2-135M-Instruct.Q4_1
              localopinions verify -m ./model.gguf -s global_opinions.csv --questions 200 --orders cyclic
            """) { model, survey, questions, seed };
        var asking = new AskingOptions();
        asking.AddTo(command, AnswerReading.Written);
        endpoint.AddTo(command);
        command.Add(file);
        command.Check(parsed => Contradictions(parsed, endpoint, file, engine));
        engine.AddTo(command);
        command.Add(json);
        command.SetAction(async parsed =>
        {
            using var interruption = new Interruption();
            var job = new AskingJob
            {
                Survey = parsed.GetRequiredValue(survey),
                Design = asking.Read(parsed),
                Sample = parsed.GetValue(questions) ?? DefaultQuestions,
                Seed = parsed.GetValue(seed) ?? Seed,
            };
            var (name, monitor) = (parsed.GetRequiredValue(model), TerminalMonitor.Create(parsed.GetValue(json)));
            var outcome = endpoint.Model(parsed, name) is { } served
                ? await new ServerVerifyJob(served, parsed.GetValue(file) is { } here ? engine.Read(parsed, here) : null, job)
                    .ExecuteAsync(monitor.Warn, interruption.Token)
                : await new VerifyJob(engine.Read(parsed, name), job).ExecuteAsync(monitor, interruption.Token);
            Json.WriteOr(parsed.GetValue(json), outcome, Print);
            return ExitCodes.Done;
        });
        return command;
    }

    // How a file is computed is of no use where there is none.
    static IEnumerable<string> Contradictions(ParseResult parsed, EndpointOptions endpoint, Option<string?> file, ModelOptions engine)
    {
        if (parsed.GetValue(file) is not null && !endpoint.IsNamed(parsed))
            yield return "--model-file is held against a server; name one with --endpoint, or name the file with --model alone.";
        if (parsed.GetValue(file) is null && endpoint.IsNamed(parsed) && engine.Given(parsed).FirstOrDefault() is { } given)
            yield return $"{given}: how an endpoint computes is the server's to say; leave it out, or name a file with --model-file.";
    }

    static void Print(VerifyOutcome outcome)
    {
        Console.Out.WriteLine(Screen.Clean($"{outcome.Model}, {outcome.EngineBuild}, {outcome.Device}"
            + $"{(outcome.IsServed ? "" : $", {outcome.Threads} threads")}"));
        Console.Out.WriteLine(
            Screen.Clean($"{outcome.Survey}: {outcome.Questions:N0} questions, {outcome.Prompts:N0} prompts ({outcome.Asking})\n"));
        string[] measured = ["probability\nmean", "\nlargest", "log-prob.\nmean", "\nlargest", "similarity\nmean", "\nlargest",
            "country\nlargest", "pairs\nswapped"];
        var table = new TextTable(["absolute\ndifference", .. measured.Select(m => new Column(m, ColumnKind.Number))]);
        foreach (var c in outcome.Comparisons)
        {
            table.Add($"{c.Way} - {c.Against}", $"{c.MeanProbability:F5}", $"{c.LargestProbability:F5}", $"{c.MeanLogProbability:F4}",
                $"{c.LargestLogProbability:F4}", $"{c.MeanSimilarity:F5}", $"{c.LargestSimilarity:F5}",
                outcome.RankedCountries == 0 ? "-" : $"{c.LargestCountryDifference:F5}", c.Pairs == 0 ? "-" : $"{c.Swaps} of {c.Pairs}");
        }
        table.Write();
        Screen.Say($"\nprobability: of an option; similarity: of one question and country, 1 - sqrt(JSD in bits); country: its "
            + $"mean over the sample, for the {outcome.RankedCountries} countries with {outcome.QuestionsPerRankedCountry} questions or "
            + $"more.");
        if (outcome.IsServed)
        {
            PrintServed(outcome);
            return;
        }
        Screen.Say("exact: each prompt alone with an F32 cache and without flash attention, as llama.cpp computes these weights; for "
            + "quantised ones it rounds activations too. F16 cache: so, but with a run's cache. one by one: with flash attention too, so "
            + "that as a run - one by one is what packing is worth. "
            + $"float: {outcome.WhyNoFloat ?? "exact with the same weights in F32, which rounds no more than float does"}.");
        Screen.Say(outcome.Repeats
            ? "The same plan repeats itself to the last bit."
            : "THE SAME PLAN DOES NOT REPEAT ITSELF: treat every number of this model on this device as noisy.");
        Screen.Say(Conclusion(outcome));
    }

    static void PrintServed(VerifyOutcome outcome)
    {
        Screen.Say(outcome.Comparisons.Count > 1
            ? "server: asked as a run asks it; file: computed here, exact (each prompt alone) and as a run computes it. The server's other "
                + "plans, and its weights in F32, are not to be had."
            : "server: asked as a run asks it, twice. Whether its numbers are those of the model only a file of the same model can tell: "
                + "name one with --model-file.");
        Screen.Say(outcome.Repeats ? "Asked again, the server repeats itself to the last bit."
            : "Asked again, the server gives a little different numbers: what is computed beside a prompt moves them.");
        Screen.Say(Conclusion(outcome));
    }

    static string Conclusion(VerifyOutcome outcome)
    {
        if (outcome.RankedCountries < 2)
            return "Too few questions to rank countries: sample more with --questions.";
        var pairs = outcome.CloserThanNoise;
        var close = pairs.Count == 0 ? "" : $" Neighbours closer together than the arithmetic: "
            + $"{string.Join("; ", pairs.Take(PairsShown))}{(pairs.Count > PairsShown ? $"; and {pairs.Count - PairsShown} more" : "")}.";
        return outcome.Comparisons.All(c => c.SameOrder) && pairs.Count == 0
            ? "No conclusion changes: every way ranks the countries alike, and no neighbours lie closer together than the arithmetic."
            : $"The order of some countries depends on the arithmetic: differences below "
                + $"{outcome.Noise:F4} mean nothing here.{close}";
    }
}
