using LocalOpinions.Store;

namespace LocalOpinions.Runner;

/// <summary>Tells a person or a program what a run did.</summary>
static class RunReport
{
    const int UnansweredShown = 10;

    public static int Print(RunOutcome run, bool json, int countries)
    {
        List<RankedCountry> ranking = [];
        if (!run.Interrupted)
        {
            using var results = ResultsFile.OpenReadOnly(run.File);
            ranking = Ranking.Read(results, run.RunId);
        }
        if (json)
            Json.Write(new { run, ranking });
        else
            PrintText(run, ranking, countries);
        return run.Interrupted ? ExitCodes.Interrupted : ExitCodes.Done;
    }

    static void PrintText(RunOutcome run, List<RankedCountry> ranking, int countries)
    {
        if (run.Interrupted)
        {
            Console.Out.WriteLine(Screen.Clean($"Interrupted. {run.AlreadyAnswered + run.Answered:N0} of {run.Questions:N0} answers are stored in {run.File}; run the same command again to go on."));
            return;
        }
        Ranking.Print(ranking, countries);
        Console.Out.WriteLine();
        PrintFacts(run);
    }

    static void PrintFacts(RunOutcome run)
    {
        Line("model", $"{run.Model} (SHA-256 {run.ModelSha256[..12]}…), {run.EngineBuild}, {run.Device}{(run.Exact ? ", exact" : "")}");
        Line("survey", $"{run.Survey}: {run.Questions:N0} questions, {run.AlreadyAnswered + run.Answered:N0} answered{(run.AlreadyAnswered > 0 ? $" ({run.AlreadyAnswered:N0} of them earlier)" : "")}, {run.Unanswered.Count:N0} not");
        foreach (var question in run.Unanswered.Take(UnansweredShown))
            Line("", $"row {question.SourceRow} was not answered: {question.Reason}");
        if (run.Unanswered.Count > UnansweredShown)
            Line("", $"and {run.Unanswered.Count - UnansweredShown:N0} more; all are in the table unanswered");
        if (run.OffMenu is { } offMenu)
            Line("off-menu", $"{offMenu:P1} of the next-token probability is on no option's label (mean)");
        if (run.ForcedBoundaries > 0)
            Line("boundary", $"{run.ForcedBoundaries:N0} prompts end inside what this vocabulary would write as one token (boundary = forced)");
        if (run.Answered > 0)
            Line("speed", $"{run.Tokens:N0} tokens in {run.Seconds:N1} s: {run.TokensPerSecond:N0} tokens/s, {run.QuestionsPerSecond:N1} questions/s; peak memory {run.PeakMemoryBytes / 1e6:N0} MB");
        if (run.Probe is { } probe)
            Line("probe", $"llama.cpp decodes 512 tokens at {probe.Median:N0} tokens/s here (median of {probe.TokensPerSecond.Count}); the run reached {probe.Ratio:F2} of it");
        if (run.Notice is { } notice)
            Line("notice", notice);
        Line("file", run.File);
    }

    static void Line(string name, string text) => Console.Out.WriteLine(Screen.Clean($"{name,-9} {text}"));
}
