using LocalOpinions.Analysis.Panels;
using LocalOpinions.Analysis.Rankings;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Study;
using Spectre.Console;

namespace LocalOpinions.Runner.Printing;

/// <summary>The countries by similarity to one run's answers beyond the uniform answerer's, nearest first.</summary>
static class RankingTable
{
    const int Named = 8, Last = 3;

    /// <summary>What may be said of it, and a table with bars on which each country's uniform answerer is marked.</summary>
    public static void Print(IReadOnlyList<RankedCountry> countries, int most)
    {
        var ranking = countries.Where(c => c.Ranked).ToList();
        if (ranking.Count == 0)
        {
            Screen.Say($"No country can be ranked: {countries.Count} have answered some of these questions, none enough of "
                + $"them. See the view country_similarity.");
            return;
        }
        Screen.Say(Summary(ranking) + "\n");
        var (low, high) = Scale(ranking);
        var table = new TextTable(new("", ColumnKind.Number), new("may be", ColumnKind.Number), "country", new("n", ColumnKind.Number),
            new("beyond\nuniform", ColumnKind.Number), new("95 %", ColumnKind.Number), new("plain\nmean", ColumnKind.Number),
            new("\n(nats)", ColumnKind.Number), new("", ColumnKind.Bar));
        foreach (var country in Shown(ranking, most))
        {
            table.Add($"{country.Rank}", country.RankLow is { } best ? $"{best}-{country.RankHigh}" : "", country.Country, $"{country.N}",
                FindingText.Signed(country.BeyondBits),
                double.IsNaN(country.BeyondLow) ? ""
                    : $"[{FindingText.Signed(country.BeyondLow)}, {FindingText.Signed(country.BeyondHigh)}]",
                $"{country.SimilarityBits:F3}", $"{country.SimilarityNats:F3}", new("", Draw: width => Bar(country, low, high, width)));
        }
        table.Write();
        if (ranking.Count > most)
            Screen.Say($"({ranking.Count - most} countries between are not shown)");
        if (countries.Count > ranking.Count)
            Screen.Say($"({countries.Count - ranking.Count} more have too few questions or a sample that is not national; the view "
                + $"country_similarity has them)");
        Screen.Say("beyond uniform: how much nearer the model is than an answerer to whom every option is equally likely, as if every "
            + "country had been asked every question; may be: the places that chance leaves. plain mean: of 1 - sqrt(JSD in bits) over a "
            + "country's own n questions, as published; it depends on which those are. (nats): the same with natural logarithms. "
            + $"Bars: plain means, from {low:F2} to {high:F2}; │ marks the uniform answerer.");
    }

    /// <summary>In words: to how many countries the model is nearer than the uniform answerer, and who may be first.</summary>
    internal static string Summary(IReadOnlyList<RankedCountry> ranking)
    {
        if (ranking.Max(c => c.N) < Verdict.FewestQuestions)
            return $"{Capital(Verdict.TooFew)} whom the model resembles: no country has {Verdict.FewestQuestions} of these.";
        if (double.IsNaN(ranking[0].PHolm))
            return "No intervals were computed, so nothing can be said of chance.";
        var nearer = ranking.Count(c => Verdict.Of(c.BeyondBits, c.PHolm, (int)c.N) == Verdict.Yes);
        if (nearer == 0)
            return $"Not shown to be nearer to any of {ranking.Count} countries than an answerer to whom every option is equally likely.";
        var first = ranking.Where(c => c.RankLow <= 1).Select(c => c.Country).ToList();
        return $"Nearer to {nearer} of {ranking.Count} countries than an answerer to whom every option is equally likely, by more than "
            + $"chance. {(first.Count == 1 ? $"{first[0]} is first by more than chance."
                : $"{first.Count} may be first: {string.Join(", ", first.Take(Named))}{(first.Count > Named ? ", ..." : ".")}")}";
    }

    static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    static IEnumerable<RankedCountry> Shown(List<RankedCountry> ranking, int most) => ranking.Count <= most ? ranking
        : [.. ranking.Take(most - Last), .. ranking.TakeLast(Last)];

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
