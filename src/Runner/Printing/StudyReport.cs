using LocalOpinions.Asking.Running;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store.Rows;
using LocalOpinions.Study;

namespace LocalOpinions.Runner.Printing;

/// <summary>Tells a person what a study will cost, and what it found.</summary>
static class StudyReport
{
    public static void Print(TasksEstimate estimate)
    {
        Print(estimate.Study);
        Screen.Say($"{estimate.Tasks:N0} tasks: about {estimate.TokensPerTask:N0} tokens and "
            + $"{WorkProgress.Duration(TimeSpan.FromSeconds(estimate.SecondsPerTask))} each at this machine's rate, loading apart.");
    }

    public static void Print(StudyEstimate estimate)
    {
        Print(estimate.Imported);
        if (estimate.Parts.Count == 0)
            return;
        var table = new TextTable("model", "part", new("questions", ColumnKind.Number), new("not\nasked", ColumnKind.Number),
            new("prompts", ColumnKind.Number), new("answered\nalready", ColumnKind.Number), new("expected", ColumnKind.Number),
            new("tokens", ColumnKind.Number), new("decoded", ColumnKind.Number), new("ceiling", ColumnKind.Number));
        foreach (var p in estimate.Parts)
        {
            table.Add(p.Model, p.Part, $"{p.Questions:N0}", $"{p.NotAsked.Values.Sum():N0}", $"{p.Prompts:N0}", $"{p.Answered:N0}",
                Minutes(p.Seconds), $"{p.UnsharedTokens:N0}", $"{p.Tokens:N0}", $"{p.Ceiling:F2}");
        }
        table.Write();
        foreach (var (reason, count) in estimate.Parts.SelectMany(p => p.NotAsked.Select(r => (Reason: $"{p.Part}: {r.Key}", r.Value)))
            .Distinct())
            Console.Out.WriteLine(Screen.Clean($"not asked, {count:N0} in {reason}"));
        Screen.Say($"\nThe survey has {estimate.SurveyQuestions:N0} questions and {estimate.SurveyPairs:N0} question-country "
            + $"pairs, {estimate.UsablePairs:N0} of them with data.");
        Console.Out.WriteLine(Screen.Clean($"In all {estimate.Parts.Sum(p => p.Prompts):N0} prompts, "
            + $"{estimate.Parts.Sum(p => p.Answered):N0} of them answered already, "
            + $"{estimate.Parts.Sum(p => p.Tokens):N0} tokens to decode, {Minutes(estimate.Parts.Sum(p => p.Seconds))} at the rate of a "
            + $"short probe ({string.Join("; ", estimate.TokensPerSecond.Select(r => $"{r.Key}: {r.Value:N0} tokens/s"))})."));
        Screen.Say("expected: for what is not answered yet; tokens: of all prompts; decoded: what prompts share counts "
            + "once; ceiling: tokens / decoded, the most that sharing can gain. Loading, scoring and the noise floor come on top.");
    }

    public static void Print(StudyOutcome outcome)
    {
        if (outcome.Interrupted)
        {
            Console.Out.WriteLine(
                Screen.Clean($"Interrupted. What was answered is stored in {outcome.File}; run the same study again to go on."));
            return;
        }
        if (outcome.Shard is { } shard)
        {
            Screen.Say($"{shard.Shard} is done: {shard.Answered:N0} answers to {shard.Parts:N0} parts, and {shard.AlreadyAnswered:N0} that "
                + $"were there, are stored in {outcome.File}, and not scored. " + RunReport.AllPieces);
            return;
        }
        foreach (var (modelId, name) in outcome.Models)
        {
            Console.Out.WriteLine(Screen.Clean($"{name}\n"));
            foreach (var line in StudySentences.Of([.. outcome.Findings.Where(f => f.ModelId == modelId)]))
                Screen.Say(line, "  ");
            Console.Out.WriteLine();
            Print(outcome.Findings.Where(f => f.ModelId == modelId && f.Topic is not (FindingTopics.Counts or FindingTopics.Nearest)));
            Console.Out.WriteLine();
            foreach (var (part, subject, note) in outcome.NotImported(modelId))
                Console.Out.WriteLine(Screen.Clean($"not imported: {part}{(subject is null ? "" : $", {subject}")}: {note}"));
        }
        foreach (var finding in outcome.Findings.Where(f => f.ModelId is null))
            Console.Out.WriteLine(Screen.Clean($"control {finding.Part}{(finding.Subject is null ? "" : $" ({finding.Subject})")}: "
                + $"{finding.Measure} {finding.Value:R}, {finding.Note}"));
        Screen.Say($"\nSimilarities are 1 - sqrt(JSD in bits); [ , ] are 95 % intervals from a bootstrap over item families; "
            + $"\"yes\" and \"no, the opposite\" are at 5 % after Holm's correction.");
        if (outcome.Notice is { } notice)
            Screen.Say(notice);
        Screen.Say($"Study {outcome.StudyId} is stored in {outcome.File} (view findings). One page about it: "
            + $"localopinions study card {outcome.File}");
    }

    static void Print(IReadOnlyList<ImportedPart> imported)
    {
        if (imported.Count == 0)
            return;
        var table = new TextTable("imported", "part", "about", new("run", ColumnKind.Number), new("note", ColumnKind.Prose));
        foreach (var p in imported)
            table.Add(p.Model, p.Part, p.PromptedCountry ?? "", p.RunId is { } run ? $"{run}" : "-", p.Note ?? "");
        table.Write();
        Console.Out.WriteLine();
    }

    static void Print(IEnumerable<FindingRow> findings)
    {
        var table = new TextTable("topic", "part", "about", "measure", new("value", ColumnKind.Number), new("95 %", ColumnKind.Number),
            "verdict", new("n", ColumnKind.Number), new("p (Holm)", ColumnKind.Number));
        foreach (var f in findings)
        {
            table.Add(f.Topic, f.Part, f.Subject ?? "", f.Measure, FindingText.Number(f.Value), FindingText.Interval(f), f.Verdict ?? "",
                $"{f.N:N0}", double.IsNaN(f.PHolm) ? "" : $"{f.PHolm:F4}");
        }
        table.Write();
    }

    static string Minutes(double seconds) => seconds < 90 ? $"{seconds:F0} s" : $"{seconds / 60:F1} min";
}
