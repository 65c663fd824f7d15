using System.Globalization;
using LocalOpinions.Analysis.FollowUp;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Printing;

/// <summary>How the variance of a similarity parts among questions, wordings and orders.</summary>
static class VarianceTable
{
    public static void Print(WordingVariance variance)
    {
        Screen.Say("\nParts of the variance");
        var table = new TextTable("between", new("variance", ColumnKind.Number), new("share", ColumnKind.Number),
            new("95 %", ColumnKind.Number));
        foreach (var part in variance.Parts)
        {
            table.Add(part.Source, part.Variance.ToString("F5", CultureInfo.InvariantCulture), $"{part.Share:P0}",
                $"[{part.Low:P0}, {part.High:P0}]");
        }
        table.Write();
        Screen.Say(variance.Sentence());
        Screen.Say($"Wordings: {string.Join(", ", variance.Wordings)}. Intervals draw item families; what other wordings would do, they do "
            + "not hold. A variance below 0 is an estimate of one near 0, and counts as 0.");
    }
}
