using LocalOpinions.Analysis.Comparisons;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Study;

namespace LocalOpinions.Runner.Printing;

/// <summary>Countries against each other, as one run has them.</summary>
static class CountryTable
{
    const int Shown = 30;

    public static void Print(CountryComparison comparison, bool all)
    {
        var run = comparison.Run;
        Screen.Say($"run {run.RunId}: {run.Model}, {run.Asked}\n");
        string[] numbers = ["n", "difference\nin bits", "95 %", "beyond\nuniform", "95 %"];
        var table = new TextTable(
            ["country", "and", .. numbers.Select(name => new Column(name, ColumnKind.Number)), "nearer to\nthe first"]);
        foreach (var c in comparison.Pairs.Take(all ? int.MaxValue : Shown))
        {
            table.Add(c.Country, c.Other, $"{c.N:N0}", FindingText.Signed(c.Difference), FindingText.Interval(c.Low, c.High),
                FindingText.Signed(c.Beyond), FindingText.Interval(c.BeyondLow, c.BeyondHigh), c.Verdict);
        }
        table.Write();
        if (!all && comparison.Pairs.Count > Shown)
            Console.Out.WriteLine($"({comparison.Pairs.Count - Shown} more: --all)");
        Screen.Say("Each pair on the questions that both were asked, of 1 - sqrt(JSD in bits). beyond uniform: without what an "
            + "answerer has to whom every option is equally likely; the verdict is by it, corrected for the number of pairs (Holm).");
    }
}
