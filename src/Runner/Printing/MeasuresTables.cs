using LocalOpinions.Analysis.Comparisons;
using LocalOpinions.Analysis.FollowUp;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Study;

namespace LocalOpinions.Runner.Printing;

/// <summary>What studies that followed report of a run, as tables.</summary>
static class MeasuresTables
{
    public static void Print(
        ComparedRun run, MeasuredRun measured, ComparedRun? other, IReadOnlyList<StratumDifference> differences, string measure)
    {
        Screen.Say($"run {run.RunId}: {run.Model}, {run.Asked}");
        Nearness(measured.Measures);
        Evenness(measured.Measures);
        Strata(measured, measure);
        if (other is not null)
            Against(run, other, [.. differences.Where(d => d.Measure == measure)]);
        Steered([.. measured.Steered.Where(s => s.Measure == measure)]);
        Refusals(measured.Refusals);
        Models(measured.Models);
        WrittenTables.Print(measured.Written);
    }

    static void Nearness(IReadOnlyList<MeasureLine> measures)
    {
        var table = new TextTable("measure", Number("pairs"), Number("nearness"), Number("95 %"), Number("uniform"), Number("score"),
            Number("95 %"));
        foreach (var m in measures)
        {
            table.Add(m.Measure, $"{m.Pairs:N0}", $"{m.Nearness:F3}", FindingText.Interval(m.Low, m.High), $"{m.UniformNearness:F3}",
                Score(m.Skill), ScoreInterval(m.SkillLow, m.SkillHigh));
        }

        Write("Nearness, 1 for alike", table,
            "Over all pairs of question and national sample. score: SimBench's, 0 the uniform answerer, 100 perfect.");
    }

    static void Evenness(IReadOnlyList<MeasureLine> measures)
    {
        if (measures.All(m => m.Countries is null))
        {
            Screen.Say("\nEvenness and consistency\nThere is none: fewer than two countries are ranked, or the run was scored "
                + "by an earlier version; 'localopinions score' computes it anew.");
            return;
        }

        var table = new TextTable("measure", Number("countries"), Number("evenness"), Number("95 %"), Number("uniform"), "nearest",
            Number("topics"), Number("same"), Number("none shown\nnearer"));
        foreach (var m in measures.Where(m => m.Countries is not null))
        {
            table.Add(m.Measure, $"{m.Countries:N0}", Three(m.Evenness), FindingText.Interval(m.EvennessLow, m.EvennessHigh),
                Three(m.UniformEvenness), m.Nearest ?? "", $"{m.Topics:N0}", Share(m.Consistency), Share(m.NotBehind));
        }

        Write("Evenness and consistency", table,
            "evenness: 1 less the coefficient of variation over countries. nearest: over all questions, beyond the uniform answerer; same: "
            + "the share of topics on which it is nearest too; none shown nearer: on which no other was shown to be nearer.");
    }

    static void Strata(MeasuredRun measured, string measure)
    {
        var table = new TextTable("entropy", Number("pairs"), Number("nearness"), Number("95 %"), Number("uniform"), Number("score"),
            Number("95 %"));
        foreach (var s in measured.Strata.Where(s => s.Measure == measure))
        {
            table.Add(Range(s.EntropyFrom, s.EntropyTo), $"{s.Pairs:N0}", $"{s.Nearness:F3}", FindingText.Interval(s.Low, s.High),
                $"{s.UniformNearness:F3}", Score(s.Skill), ScoreInterval(s.SkillLow, s.SkillHigh));
        }

        Write($"By how much people agree, {measure}", table,
            "Fifths of the scale of their answers' normalised entropy.");
    }

    static void Against(ComparedRun run, ComparedRun other, IReadOnlyList<StratumDifference> differences)
    {
        var table = new TextTable("entropy", Number("pairs"), Number($"run {run.RunId}"), Number($"run {other.RunId}"),
            Number("difference"), Number("95 %"));
        foreach (var d in differences)
        {
            table.Add(Range(d.EntropyFrom, d.EntropyTo), $"{d.Pairs:N0}", $"{d.Nearness:F3}", $"{d.OtherNearness:F3}",
                FindingText.Signed(d.Difference), FindingText.Interval(d.Low, d.High));
        }

        Write($"Run {run.RunId} against run {other.RunId}: {other.Model}, {other.Asked}", table,
            "On the same pairs.");
    }

    static void Steered(IReadOnlyList<SteeredCountry> steered)
    {
        if (steered.Count == 0)
            return;
        var table = new TextTable("country", Number("n"), Number("wordings"), Number("best"), Number("95 %"), Number("default"),
            Number("gain"), Number("95 %"));
        foreach (var s in steered)
        {
            table.Add(s.Country, $"{s.N:N0}", $"{s.Wordings}", $"{s.Steerability:F3}", FindingText.Interval(s.Low, s.High),
                $"{s.Unsteered:F3}", FindingText.Signed(s.Gain), FindingText.Interval(s.GainLow, s.GainHigh));
        }

        Write("Steerability", table,
            "best: nearness to the people whom prompts name, of several wordings the best one question by question. gain: of the "
            + "wordings' mean over the default prompts. Whether it is this country and not everybody: 'study'.");
    }

    static void Refusals(IReadOnlyList<RefusalLine> refusals)
    {
        if (refusals.Count == 0)
            return;
        var (worst, best) = (refusals[0], refusals[^1]);
        var mean = refusals.Sum(r => r.N * r.Calibration) / refusals.Sum(r => r.N);
        Screen.Say($"\nRefusals\ncalibration {mean:F3}: from {worst.Calibration:F3} "
            + $"{FindingText.Interval(worst.Low, worst.High)} ({worst.Country}) to {best.Calibration:F3} "
            + $"{FindingText.Interval(best.Low, best.High)} ({best.Country}); the model's share "
            + $"{refusals.Average(r => r.ModelRefusal):P1}, people's {refusals.Average(r => r.HumanRefusal):P1}\n"
            + "Don't know and the like: 1 less the mean absolute difference of the model's share and the people's.");
    }

    static void Models(IReadOnlyList<ModelPair> models)
    {
        if (models.Count == 0)
            return;
        var table = new TextTable("model", "and", Number("n"), Number("similarity"), Number("95 %"));
        foreach (var m in models)
            table.Add(m.Model, m.OtherModel, $"{m.N:N0}", $"{m.SimilarityBits:F3}", FindingText.Interval(m.Low, m.High));
        Write("Models with each other", table,
            "1 - sqrt(JSD in bits) of their answers in the default condition.");
    }

    static void Write(string title, TextTable table, string words)
    {
        Screen.Say($"\n{title}");
        table.Write();
        Screen.Say(words);
    }

    static Column Number(string name) => new(name, ColumnKind.Number);

    static string Three(double value) => double.IsNaN(value) ? "" : $"{value:F3}";

    static string Share(double value) => double.IsNaN(value) ? "" : $"{value:P0}";

    static string Score(double skill) => $"{100 * skill:F1}";

    static string ScoreInterval(double low, double high) => double.IsNaN(low) ? "" : $"[{100 * low:F1}, {100 * high:F1}]";

    static string Range(double? from, double? to) => from is null ? "all" : $"{from:F1}-{to:F1}";
}
