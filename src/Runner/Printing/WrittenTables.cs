using LocalOpinions.Analysis.FollowUp;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Study;

namespace LocalOpinions.Runner.Printing;

/// <summary>What a model writes, and how far that is from its probabilities.</summary>
static class WrittenTables
{
    public static void Print(WrittenBeside written)
    {
        if (written.Classes is { } classes)
            Screen.Say($"\nWhat it writes\n{Line(classes)}");
        if (written.Mismatches.Count == 0)
            return;
        var table = new TextTable(Number("texts of run"), Number("against run"), "reading", Number("questions"), Number("naming"),
            Number("mismatch"), Number("95 %"), Number("unlike"), Number("95 %"), Number("apart"), Number("95 %"));
        foreach (var m in written.Mismatches)
        {
            table.Add($"{m.RunId}", $"{m.OtherRunId}", m.OtherReading, $"{m.Questions:N0}", $"{m.Naming:N0}", Share(m.Mismatch),
                Shares(m.MismatchLow, m.MismatchHigh), Share(m.Unlike), Shares(m.UnlikeLow, m.UnlikeHigh),
                double.IsNaN(m.TotalVariation) ? "" : $"{m.TotalVariation:F3}", FindingText.Interval(m.VariationLow, m.VariationHigh));
        }
        Screen.Say("\nWhat it writes beside its probabilities");
        table.Write();
        Screen.Say("naming: questions of which a text names one option; mismatch: of the texts that name one option, the share that "
            + "name another than the most probable one; unlike: of all texts, the share that do not name that one; apart: mean total "
            + "variation of the two distributions.");
        foreach (var question in written.Farthest)
            Screen.Say($"row {question.SourceRow}: writes {question.WrittenOption} ({question.WrittenShare:P0}), most probable in run "
                + $"{question.OtherRunId} is {question.ProbableOption} ({question.Probability:P0}): {question.Question}", "  ");
    }

    /// <summary>In a line, what texts do with the options.</summary>
    public static string Line(WrittenClasses c) =>
        $"{Counted.Of(c.Texts, "text")} to {Counted.Of(c.Questions, "question")}: {c.Letter:P1} name one option by its letter, "
        + $"{c.Words:P1} by its words; {c.Refusal:P1} {Shares(c.RefusalLow, c.RefusalHigh)} decline, {c.Several:P1} name several, "
        + $"{c.None:P1} none. Left without an answer: {Counted.Of(c.Silent, "question")}.";

    static string Share(double value) => double.IsNaN(value) ? "" : $"{value:P1}";

    // A t interval around a share near its end reaches beyond it, where no share can be.
    static string Shares(double low, double high) =>
        double.IsNaN(low) ? "" : $"[{Math.Max(low, 0):P1}, {Math.Min(high, 1):P1}]";

    static Column Number(string name) => new(name, ColumnKind.Number);
}
