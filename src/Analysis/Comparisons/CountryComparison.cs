using LocalOpinions.Analysis.Panels;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Analysis.Comparisons;

/// <summary>To which of two countries a run's answers are nearer, on the questions that both answered. Similarities are in bits.</summary>
public sealed record CountryContrast
{
    /// <summary>The country's label in the survey.</summary>
    public required string Country { get; init; }

    /// <summary>The other's.</summary>
    public required string Other { get; init; }

    /// <summary>Questions that the run and both countries answered.</summary>
    public required int N { get; init; }

    /// <summary>Their item families.</summary>
    public required int Families { get; init; }

    /// <summary>The mean of the similarity to the country minus that to the other.</summary>
    public required double Difference { get; init; }

    /// <summary>Lower end of its 95 % percentile interval, from a bootstrap over item families.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of that interval.</summary>
    public required double High { get; init; }

    /// <summary>The same without what an answerer has to whom every option is equally likely: of people who answer more evenly everybody
    /// is nearer who answers evenly.</summary>
    public required double Beyond { get; init; }

    /// <summary>Lower end of its interval.</summary>
    public required double BeyondLow { get; init; }

    /// <summary>Upper end of that interval.</summary>
    public required double BeyondHigh { get; init; }

    /// <summary>The two-sided p-value of <see cref="Beyond"/>, by Holm's correction over the pairs.</summary>
    public required double PHolm { get; init; }

    /// <summary>Whether the run is nearer to the country than to the other by <see cref="Beyond"/>, in the words of
    /// <see cref="Panels.Verdict"/>.</summary>
    public required string Verdict { get; init; }
}

/// <summary>Countries against each other as one run's answers have them: each pair on its own common questions.</summary>
/// <param name="Run">The run.</param>
/// <param name="Pairs">Of several countries every two of them; of one country it and every other, the nearest of these last.</param>
public sealed record CountryComparison(ComparedRun Run, IReadOnlyList<CountryContrast> Pairs)
{
    /// <summary>
    /// Compares countries. Intervals and p-values are as in <see cref="RunComparison"/>; Holm's correction is over the pairs.
    /// </summary>
    /// <param name="results">The file.</param>
    /// <param name="run">A scored run.</param>
    /// <param name="countries">Their labels in the survey, names or ISO codes, one or more; of samples that are national.</param>
    /// <exception cref="ArgumentException">The survey has no national sample of a country.</exception>
    /// <exception cref="InputException">There is nothing to hold it against, or the run has answers that are not scored.</exception>
    public static CountryComparison Of(ResultsFile results, ComparedRun run, IReadOnlyList<string> countries)
    {
        var data = RunComparison.DataOf(results, run);
        data.RequireScored(run.RunId);
        int[] named = [.. countries.Select(name => Find(data, name)).Distinct()];
        var similarities = data.Similarities(run.RunId);
        var columns = new QuestionColumns(data);
        List<(int One, int Other, int Plain, int Beyond)> pairs = [];
        foreach (var (one, other) in Pair(data, named))
        {
            var (plain, beyond) = (new double[data.Rows.Length], new double[data.Rows.Length]);
            for (var question = 0; question < plain.Length; question++)
            {
                // NaN where one of the two was not asked.
                plain[question] = similarities[question, one] - similarities[question, other];
                beyond[question] = plain[question] - (data.Uniform[question, one] - data.Uniform[question, other]);
            }
            if (!Array.TrueForAll(plain, double.IsNaN))
                pairs.Add((one, other, columns.Add(plain, data.Noise(run.RunId)), columns.Add(beyond, data.Noise(run.RunId))));
        }
        if (pairs.Count == 0)
            throw new InputException($"{string.Join(", ", named.Select(c => data.Countries[c].Label))}: run {run.RunId} has answered no "
                + "question that two of these countries were asked.");
        var judged = Verdict.Judge([.. pairs.Select(p => Finding(p.Beyond))]);
        var contrasts = pairs.Zip(judged, (pair, beyond) => Contrast(data, pair.One, pair.Other, Finding(pair.Plain), beyond));
        return new(run, [.. named.Length == 1 ? contrasts.OrderByDescending(c => c.Beyond) : contrasts]);

        FindingRow Finding(int column) => columns.Finding(column, 0, "compare", "", null, "difference");
    }

    static CountryContrast Contrast(StudyData data, int one, int other, FindingRow plain, FindingRow beyond) => new()
    {
        Country = data.Countries[one].Label,
        Other = data.Countries[other].Label,
        N = plain.N,
        Families = plain.Families ?? 0,
        Difference = plain.Value,
        Low = plain.Low,
        High = plain.High,
        Beyond = beyond.Value,
        BeyondLow = beyond.Low,
        BeyondHigh = beyond.High,
        PHolm = beyond.PHolm,
        Verdict = beyond.Verdict!,
    };

    static IEnumerable<(int One, int Other)> Pair(StudyData data, int[] named) => named.Length > 1
        ? named.SelectMany((one, i) => named.Skip(i + 1).Select(other => (one, other)))
        : Enumerable.Range(0, data.Countries.Count)
            .Where(c => data.Countries[c].National && data.Countries[c].IsAnotherThan(data.Countries[named[0]]))
            .Select(other => (named[0], other));

    /// <summary>The first of some names that no country of a survey with a national sample has; null where all are there.</summary>
    /// <param name="results">The file.</param>
    /// <param name="run">A run of the survey.</param>
    /// <param name="countries">The names.</param>
    public static string? Unknown(ResultsFile results, ComparedRun run, IEnumerable<string> countries)
    {
        var data = RunComparison.DataOf(results, run);
        data.RequireScored(run.RunId);
        return countries.FirstOrDefault(name => PlaceOf(data, name) < 0);
    }

    static int Find(StudyData data, string name)
    {
        var found = PlaceOf(data, name);
        return found >= 0 ? found : throw new ArgumentException($"There is no national sample of {name}.", nameof(name));
    }

    static int PlaceOf(StudyData data, string name) => Enumerable.Range(0, data.Countries.Count)
        .Where(c => data.Countries[c].National)
        .FirstOrDefault(c => new[] { data.Countries[c].Label, data.Countries[c].Name, data.Countries[c].Iso3 }
            .Contains(name, StringComparer.OrdinalIgnoreCase), -1);
}
