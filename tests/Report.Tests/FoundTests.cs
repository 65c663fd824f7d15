using LocalOpinions.Report.Tests.FullStudy;

namespace LocalOpinions.Report.Tests;

/// <summary>What the newest study found, said where the condition is chosen, with its figures as SQL has them.</summary>
[Collection(nameof(StudyPage))]
public sealed class FoundTests(StudyPage study)
{
    [Fact]
    public void Orders_and_controls_are_sentences_with_the_figures_of_the_newest_study()
    {
        var seen = Browser.Observe(study.Path, "found");
        Assert.Empty(seen.Texts("itself", "said"));

        var orders = Numbers("orders", "default-orders");
        Assert.Equal(4, orders.Count);
        var said = seen.Texts("orders", "said").Where(line => !line.StartsWith("Asked ", StringComparison.Ordinal)).ToList();
        Assert.Equal(orders.Count, said.Count);
        foreach (var (number, sentence) in orders.Zip(said))
            Assert.Contains($"{Written((string)number[0]!, number[1])} (95 % interval "
                + $"{Written((string)number[0]!, number[2])} to {Written((string)number[0]!, number[3])})", sentence);
        Assert.Contains("shown to be above 0, p = 0.002, n = 118", said[0]);
        Assert.Contains("not shown to be other than 0, p = 0.400", said[1]);
        Assert.EndsWith(" of the study about this run", seen.Text("orders", "folded"));

        var lost = Numbers("controls", "options-only")[0];
        Assert.Contains(seen.Texts("control", "said"), line => line.Contains(
            $"costs so much of the similarity to people: {Printed.Signed(lost[1])} (95 % interval {Printed.Signed(lost[2])} to "
            + $"{Printed.Signed(lost[3])}), shown to be above 0, p = 0.020, n = 110", StringComparison.Ordinal));
        Assert.Contains(seen.Texts("control", "said"), line => line.StartsWith("Too few questions to say", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_second_model_reads_in_a_text_stands_beside_the_rule()
    {
        var seen = Browser.Observe(study.Path, "found").Texts("written");
        var rows = study.Sql("SELECT rule_class, rule_option_index, option_index, probability, agrees FROM classified_texts WHERE run_id = "
            + "(SELECT max(run_id) FROM runs WHERE condition = 'default' AND option_order = 'faithful' AND control = 'none') "
            + "ORDER BY sequence");
        Assert.Equal([true, false, false], rows.Select(row => (bool)row[4]!));
        foreach (var (row, line) in rows.Zip(seen))
            Assert.Contains($"read by rule: {Option(row[1], (string)row[0]!)} \u00B7 read by Reader-1B: {Option(row[2], "none")} "
                + $"({Printed.Percent(row[3])})", line);
    }

    static string Option(object? index, string none) => index is null ? none : $"option {(char)('A' + (int)index)}";

    /// <summary>Those that are said, with the model that the page opens with.</summary>
    List<object?[]> Numbers(string topic, string part) => study.Sql($"""
        SELECT measure, value, low, high, p_holm, verdict FROM findings WHERE study_id = 2 AND topic = '{topic}' AND part = '{part}'
            AND measure <> 'label prior of A' AND n >= 100 AND model = 'Model-J-10B' ORDER BY finding_index
        """);

    static string Written(string measure, object? value) =>
        measure.EndsWith("bias", StringComparison.Ordinal)
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{((double)value! < 0 ? '\u2212' : '+')}{Math.Abs((double)value) * 100:F1} points")
            : measure.StartsWith("share", StringComparison.Ordinal) ? Printed.Percent(value) : Printed.Three(value);
}
