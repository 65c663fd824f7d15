using LocalOpinions.Analysis;
using LocalOpinions.Analysis.FollowUp;
using LocalOpinions.Analysis.Rankings;
using LocalOpinions.Analysis.References;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Endpoints;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Study;

namespace LocalOpinions.Runner.Printing;

/// <summary>Tells a person or a program what a run did.</summary>
static class RunReport
{
    /// <summary>What is done with the pieces of a run or a study.</summary>
    public const string AllPieces =
        "When all pieces are there: localopinions merge PIECES... --out FILE, and the same command without --shard on that file.";

    const int UnansweredShown = 10, MassesShown = 8;

    public static int Print(RunOutcome outcome, bool json, int countries, double mostOffMenu)
    {
        outcome = outcome with
        {
            Runs = [.. outcome.Runs.Select(r => r with { Warning = RemedyText.Warning(r) })],
            Unanswered = RemedyText.Told(outcome.Unanswered),
        };
        List<PrintedRun> runs = [];
        List<LanguageFinding> findings = [];
        if (outcome is { Interrupted: false, Shard: null })
        {
            using var results = ResultsFile.OpenReadOnly(
                outcome.File, StoreOptions.Default with { Identity = outcome.FileIdentity });
            // A persona's run is a part of its country's, which stands beside it.
            runs = [.. outcome.Runs.Where(r => r.Persona is null).Select(r => new PrintedRun(r, CountryRanking.Of(results, r.RunId),
                PromptedPeople.Of(results, r.RunId), OffMenuLimit.MeanOf(results, r.RunId), Yardsticks.Stored(results, r.RunId)))];
            findings = [.. runs.SelectMany(r => LanguageFinding.Of(results, r.Run.RunId))];
        }
        if (json)
            Json.Write(new
            {
                run = outcome,
                ranking = runs.Count == 1 ? runs[0].Ranking : null,
                rankings = runs.Select(r => new { r.Run.RunId, r.Run.PromptedCountry, r.Ranking, r.Yardstick }),
                language_findings = findings
            });
        else
            PrintText(outcome, runs, findings, countries, mostOffMenu);
        return outcome.Interrupted ? ExitCodes.Interrupted : ExitCodes.Done;
    }

    static void PrintText(RunOutcome run, List<PrintedRun> runs, List<LanguageFinding> findings,
        int countries, double mostOffMenu)
    {
        if (run.Interrupted)
        {
            Screen.Say($"Interrupted. {Stored(run)} are stored in {run.File}; "
                + $"run the same command again to go on.");
            return;
        }
        if (run.Shard is { } shard)
        {
            Screen.Say($"{shard} is done: {Stored(run)} are stored in {run.File}, and not scored. "
                + AllPieces);
            PrintFacts(run);
            return;
        }
        bool IsOff(PrintedRun r) => r.OffMenu > mostOffMenu;
        foreach (var off in runs.Where(IsOff))
            Screen.Say($"Run {off.Run.RunId} is not ranked: {off.OffMenu:P0} of the probability is on no option, so that "
                + "its answers say little. --most-off-menu 1 ranks it all the same.");
        runs = [.. runs.Select(r => IsOff(r) ? r with { Ranking = [] } : r)];
        if (runs.Count == 1 && !IsOff(runs[0]))
            RankingTable.Print(runs[0].Ranking, countries);
        else if (runs.Count > 1)
            PrintRuns(runs);
        Console.Out.WriteLine();
        if (runs is [{ Yardstick: { } y } only] && !IsOff(only))
            Line("worth", $"the plain mean over all countries is {y.Model:F3}; a uniform answerer's is {y.Uniform:F3}, the average of the "
                + $"other countries' {y.World:F3}, a second sample of the people's {y.SecondSample:F3}, a perfect model's {y.Perfect:F3}");
        foreach (var finding in findings)
            Line("language", finding.ToString());
        PrintFacts(run);
    }

    /// <summary>
    /// One line per run, that is per country that the prompts named, per wording and per reading: whom those answers resemble, and how
    /// they stand to that country.
    /// </summary>
    static void PrintRuns(List<PrintedRun> runs)
    {
        var prompted = runs.Exists(r => r.Run.PromptedCountry is not null);
        var read = runs.Exists(r => r.Run.Reading != "labels");
        var worded = runs.Select(r => r.Run.Template).Distinct().Count() > 1;
        List<Column> columns = [new("run", ColumnKind.Number)];
        if (worded)
            columns.Add("wording");
        if (read)
            columns.Add("reading");
        if (prompted)
            columns.AddRange("prompted country", new("beyond uniform\nto it", ColumnKind.Number), new("rank", ColumnKind.Number));
        columns.AddRange("nearest country", new("beyond\nuniform", ColumnKind.Number));
        var table = new TextTable([.. columns]);
        foreach (var (run, ranking, named, _, _) in runs)
        {
            var ranked = ranking.Where(c => c.Ranked).ToList();
            var own = ranked.FindIndex(c => named.Contains(c.Country));
            List<TableCell> cells = [$"{run.RunId}"];
            if (worded)
                cells.Add(run.Template);
            if (read)
                cells.Add(run.Reading);
            if (prompted)
            {
                cells.Add(run.PromptedCountry ?? "");
                cells.AddRange(own < 0 ? ["-", "-"]
                    : [FindingText.Signed(ranked[own].BeyondBits), $"{ranked[own].Rank} of {ranked.Count}"]);
            }
            cells.AddRange(ranked.Count == 0 ? ["-", "-"] : [ranked[0].Country, FindingText.Signed(ranked[0].BeyondBits)]);
            table.Add([.. cells]);
        }
        table.Write();
        Screen.Say(
            "beyond uniform: how much nearer than an answerer to whom every option is equally likely, in bits, as if every country had "
                + "been asked every question; a country with too few questions here has none (-).");
    }

    static void PrintFacts(RunOutcome run)
    {
        Line("model", $"{run.Model} (SHA-256 {run.ModelSha256[..12]}…), {run.EngineBuild}, {run.Device}{(run.Exact ? ", exact" : "")}");
        Line("asked", run.Asking);
        Line("survey", $"{run.Survey}: {Counted.Of(run.Questions, "question")}{(run.Runs.Count > 1 ? $" in {run.Runs.Count} runs" : "")}, "
            + $"{Stored(run)}{(run.AlreadyAnswered > 0 ? $" ({run.AlreadyAnswered:N0} of them earlier)" : "")}, "
            + $"{Counted.Of(run.Unanswered.Count, "question")} not answered");
        Line("policy", Policies(run));
        // The same may be told of several wordings.
        var unanswered = run.Unanswered.GroupBy(u => (u.SourceRow, u.Reason)).ToList();
        foreach (var question in unanswered.Take(UnansweredShown))
            Line("", $"row {question.Key.SourceRow} was not answered{(question.Count() > 1 ? $" in {question.Count():N0} runs" : "")}: "
                + question.Key.Reason);
        if (unanswered.Count > UnansweredShown)
            Line("", $"and {unanswered.Skip(UnansweredShown).Sum(u => u.Count()):N0} more; all are in the table unanswered");
        PrintMass(run);
        if (run.Runs.Sum(r => r.ForcedBoundaries) is > 0 and var forced)
            Line("boundary", $"{forced:N0} prompts end inside what this vocabulary would write as one token (boundary = forced)");
        if (run.EngineEnds.Count > 0)
            Line("ended", $"the engine's process ended {run.EngineEnds.Count} time{(run.EngineEnds.Count == 1 ? "" : "s")} and was "
                + $"replaced, at last {run.EngineEnds[^1]}");
        Line("noise", Noise(run));
        if (run.Runs[0].RoundingFloor is { } rounding)
            Line("rounding", $"llama.cpp rounds activations for these weights, which moves an option's probability by {Moved(rounding)}, "
                + $"on {Counted.Of(rounding.Prompts, "prompt")} against the same weights in F32");
        if (run.Answered > 0)
            PrintSpeed(run);
        if (run.Notice is { } notice)
            Line("notice", notice);
        Line("file", run.File);
    }

    static void PrintMass(RunOutcome run)
    {
        if (run.Runs[0].Reading is PromptDesign.WrittenReading)
        {
            PrintTexts(run);
            return;
        }
        if (run.Runs[0].Reading is PromptDesign.VerbalisedReading)
        {
            Line("off-menu", $"{run.Runs.Average(r => r.OffMenu):P1} of the probability behind the options is on no number from 0 to "
                + "100 (mean)");
            return;
        }
        var texts = run.Runs[0].Reading != "labels";
        if (run.Runs.Average(r => r.OffMenu) is { } offMenu)
            Line("off-menu", texts
                ? $"{offMenu:P1} of the probability is on no option's text (mean); texts are always improbable"
                : $"{offMenu:P1} of the next-token probability is on no option's label (mean)");
        var measured = run.Runs.Where(r => r.LabelMass is not null).GroupBy(r => r.PromptedCountry).Select(g => g.First()).ToList();
        foreach (var masses in measured.Take(MassesShown))
        {
            Line(texts ? "text mass" : "mass", $"{(masses.PromptedCountry is { } country ? $"{country}: " : "")}quartiles over prompts "
                + $"{masses.LabelMass!.Quarter:P1}, {masses.LabelMass.Median:P1}, {masses.LabelMass.ThreeQuarters:P1} on all options' "
                + $"{(texts ? "texts" : "labels")}");
        }
        SayMore(measured.Count, "off_menu_overview");
        foreach (var warning in run.ModelWarnings)
            Line("WARNING", warning);
        foreach (var warning in run.Runs.Select(r => r.Warning).OfType<string>().Take(1))
            Line("WARNING", warning);
    }

    static void PrintTexts(RunOutcome run)
    {
        using var results = ResultsFile.OpenReadOnly(run.File, StoreOptions.Default with { Identity = run.FileIdentity });
        var all = Asked(run).ToList();
        var asked = all.Take(MassesShown).ToList();
        var worded = asked.DistinctBy(r => r.Template).Count() > 1;
        foreach (var one in asked)
        {
            var name = string.Join(", ", new[] { one.PromptedCountry, worded ? one.Template : null }.OfType<string>());
            if (WrittenClasses.Of(results, one.RunId) is { } classes)
                Line("texts", $"{(name.Length > 0 ? $"{name}: " : "")}{WrittenTables.Line(classes)}");
        }
        SayMore(all.Count, "written_overview");
    }

    // What a list of runs leaves out, it says.
    static void SayMore(int runs, string view)
    {
        if (runs > MassesShown)
            Line("", $"({runs - MassesShown} more: the view {view})");
    }

    static string Policies(RunOutcome run) => string.Join(", ", run.Policies
        .Where(p => p.Count > 0 || p.Choice is not ("missing" or "divided" or "0"))
        .Select(p => p.Choice is "missing" or "divided"
            ? $"{p.Policy} {p.Choice}: {p.Count:N0}"
            : $"{p.Policy} {p.Choice} ({p.Count:N0} {p.Unit})"));

    // A mean over personas was not asked anything.
    static IEnumerable<RunSummary> Asked(RunOutcome run) =>
        run.Runs.Any(r => r.Persona is not null) ? run.Runs.Where(r => r.Persona is not null) : run.Runs;

    // Of what is written a prompt may say nothing that is an answer.
    static string Stored(RunOutcome run)
    {
        var prompts = run.AlreadyAnswered + run.Answered;
        return run.Runs[0].Reading == PromptDesign.WrittenReading
            ? $"the texts behind {Counted.Of(prompts, "prompt")}, {Counted.Of(Asked(run).Sum(r => r.Stored.Answers), "answer")} in them"
            : Counted.Of(prompts, "answer");
    }

    static string Noise(RunOutcome run) => run.Runs[0].NoiseFloor switch
    {
        _ when run.Runs[0].Reading == PromptDesign.WrittenReading => "not measured: the arithmetic leaves a text as it is or makes it "
            + (ServerFinder.Kinds.Contains(run.Device) ? "another" : "another; --exact writes each prompt's by itself, in F32"),
        _ when run.Exact => "none: each prompt was decoded alone in F32",
        null when run.NoiseTooCostly => "not measured: one prompt read by itself is more work than so few questions; ask more of "
            + "them",
        null => "not measured",
        var floor => $"the arithmetic moves an option's probability by {Moved(floor)}, on {Counted.Of(floor.Prompts, "prompt")} against "
            + (ServerFinder.Kinds.Contains(run.Device) ? "one at a time, without the server's cache" : "--exact"),
    };

    static string Moved(NoiseFloorRow floor) => $"{floor.MeanProb:F4} (at most {floor.MaxProb:F4})" + (floor.MeanSimilarity is not { } mean
        ? "" : $" and the similarity of one question and country by {mean:F4} (at most {floor.MaxSimilarity:F4})");

    static void PrintSpeed(RunOutcome run)
    {
        Line("speed", $"{run.Tokens:N0} tokens in {run.Seconds:N1} s: {run.TokensPerSecond:N0} tokens/s, {run.AnswersPerSecond:N1} "
            + $"answers/s; {(ServerFinder.Kinds.Contains(run.Device) ? "" : $"{1 - run.DecodingShare:P1} of the time between decodes; ")}"
            + $"peak memory {run.PeakMemoryBytes / 1e6:N0} MB"
            + $"{(run.Workers > 0 ? " in this process, its workers apart" : "")}");
        if (run.UnsharedTokens > run.Tokens)
            Line("sharing", $"{run.UnsharedTokens:N0} tokens without sharing: {run.EffectiveTokensPerSecond:N0} effective tokens/s, "
                + $"{(double)run.UnsharedTokens / run.Tokens:F2} times fewer tokens");
        if (run.Probe is { } probe)
            Line("probe", $"llama.cpp decodes 512 tokens at {probe.Median:N0} tokens/s here (median of {probe.TokensPerSecond.Count}); "
                + $"the run reached {probe.Ratio:F2} of it, {probe.EffectiveRatio:F2} counting shared tokens");
    }

    static void Line(string name, string text) => Screen.Say(text, $"{name,-9} ");

    /// <param name="Run">The run.</param>
    /// <param name="Ranking">The countries by similarity to its answers.</param>
    /// <param name="Prompted">The country labels of those whom its prompts name.</param>
    /// <param name="Yardstick">What its plain mean is worth; null where nobody else was asked its questions.</param>
    sealed record PrintedRun(
        RunSummary Run, IReadOnlyList<RankedCountry> Ranking, IReadOnlySet<string> Prompted, double OffMenu, Yardstick? Yardstick);
}
