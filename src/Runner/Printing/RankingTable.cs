using LocalOpinions.Analysis.Rankings;
using LocalOpinions.Runner.Terminal;
using Spectre.Console;

namespace LocalOpinions.Runner.Printing;

/// <summary>The countries by similarity to one run's answers, nearest first.</summary>
static class RankingTable
{
    /// <summary>A table with bars on which each country's uniform answerer is marked.</summary>
    public static void Print(IReadOnlyList<RankedCountry> countries, int most)
    {
        var ranking = countries.Where(c => c.Ranked).ToList();
        if (ranking.Count == 0)
        {
            Console.Out.WriteLine($"No country can be ranked: {countries.Count} have answered some of these questions, none enough of "
                + $"them. See the view country_similarity.");
            return;
        }
        var (low, high) = Scale(ranking);
        var table = new TextTable(new("", ColumnKind.Number), "country", new("n", ColumnKind.Number), new("similarity", ColumnKind.Number),
            new("(nats)", ColumnKind.Number), new("", ColumnKind.Bar), new("against\nuniform", ColumnKind.Number));
        foreach (var (country, rank) in Shown(ranking, most))
        {
            table.Add($"{rank}", country.Country, $"{country.N}", $"{country.SimilarityBits:F3}", $"{country.SimilarityNats:F3}",
                new("", Draw: width => Bar(country, low, high, width)),
                $"{country.SimilarityBits - country.UniformBits:+0.000;-0.000;0.000}");
        }
        table.Write();
        if (ranking.Count > most)
            Console.Out.WriteLine($"({ranking.Count - most} countries between are not shown)");
        if (countries.Count > ranking.Count)
            Console.Out.WriteLine($"({countries.Count - ranking.Count} more have too few questions or a sample that is not national; the "
                + $"view country_similarity has them)");
        Console.Out.WriteLine($"Bars run from {low:F2} to {high:F2}. │ marks an answerer to whom every option is equally likely: mean "
            + $"over countries {ranking.Average(c => c.UniformBits):F3}.");
        Console.Out.WriteLine($"The model is nearer than that answerer to {ranking.Count(c => c.SimilarityBits > c.UniformBits)} of "
            + $"{ranking.Count} countries.");
        Console.Out.WriteLine("similarity = mean over n questions of 1 - sqrt(JSD in bits); (nats): the same with natural logarithms.");
    }

    static IEnumerable<(RankedCountry Country, int Rank)> Shown(IReadOnlyList<RankedCountry> ranking, int most)
    {
        var head = ranking.Count > most ? most - 3 : ranking.Count;
        return ranking.Select((c, i) => (c, i + 1)).Where(c => c.Item2 <= head || c.Item2 > ranking.Count - (ranking.Count > most ? 3 : 0));
    }

    static (double Low, double High) Scale(IReadOnlyList<RankedCountry> ranking)
    {
        var all = ranking.SelectMany(c => new[] { c.SimilarityBits, c.UniformBits }).ToList();
        return (Math.Max(0, Math.Floor(all.Min() * 20 - 1) / 20), Math.Min(1, Math.Ceiling(all.Max() * 20) / 20));
    }

    internal static IReadOnlyList<Span> Bar(RankedCountry country, double low, double high, int width)
    {
        int Position(double value) => (int)Math.Round(Math.Clamp((value - low) / (high - low), 0, 1) * (width - 1));
        var bar = new char[width];
        Array.Fill(bar, ' ');
        bar.AsSpan(0, Position(country.SimilarityBits) + 1).Fill('█');
        var mark = Position(country.UniformBits);
        var colour = country.SimilarityBits >= country.UniformBits ? Color.Teal : Color.Grey;
        return
        [
            new(new string(bar, 0, mark), new Style(colour)), new("│", new Style(Color.Yellow)),
            new(new string(bar, mark + 1, width - mark - 1), new Style(colour)),
        ];
    }
}
