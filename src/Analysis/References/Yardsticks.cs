using LocalOpinions.Analysis.Panels;
using LocalOpinions.Analysis.Sampling;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Store;

namespace LocalOpinions.Analysis.References;

/// <summary>What a similarity is worth: the same number for answerers that are known, and for samples of the same people.</summary>
/// <remarks>
/// Survey shares are those of a sample. What its size alone does to a similarity is drawn: people who think as the published shares have it
/// are asked anew (multinomial, as if drawn at random; designs with clusters and weights vary more), and the draw is compared with the
/// shares and with a second draw.
/// </remarks>
public static class Yardsticks
{
    /// <summary>Respondents where the survey does not say.</summary>
    public const int DefaultRespondents = 1000;

    // Of each pair; there are thousands of pairs.
    const int Draws = 4;

    /// <summary>Computes them for a scored run and its national samples.</summary>
    /// <param name="results">The file.</param>
    /// <param name="surveyId">The run's survey.</param>
    /// <param name="runId">The run.</param>
    /// <param name="respondents">People asked, where the survey does not say: 2 or more.</param>
    /// <returns>All pairs first, then every country by rising number of its label.</returns>
    /// <exception cref="InputException">The run has no similarity that could be held against anything.</exception>
    public static IReadOnlyList<Yardstick> Of(ResultsFile results, int surveyId, int runId, int respondents = DefaultRespondents)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(respondents, 2);
        var data = new StudyData(results, surveyId, seed: 1, resamples: 1);
        // Where refusals are compared apart, shares are of those who did not refuse.
        var samples = results.Read<StoredSample>(
            """
            SELECT source_row, country_id, h.respondents, CASE WHEN s.refusals = 'separate' THEN refused ELSE 0 END AS refused
            FROM human_distributions AS h JOIN surveys AS s USING (survey_id) WHERE survey_id = ?
            """, surveyId).ToDictionary(s => (s.SourceRow, s.CountryId));
        var model = data.Similarities(runId);
        var pairs = new List<Pair>[data.Rows.Length];
        _ = (data.People, data.Uniform);
        Parallel.For(0, pairs.Length, question => pairs[question] = [.. PairsOf(data, model, samples, question, respondents)]);
        List<Pair> all = [.. pairs.SelectMany(p => p)];
        if (all.Count == 0)
            throw new InputException($"Run {runId} has answered no question that two countries were asked.");
        return [Mean(null, all), .. all.GroupBy(p => p.Country).OrderBy(g => g.Key).Select(g => Mean(data.Countries[g.Key].Label, [.. g]))];
    }

    static IEnumerable<Pair> PairsOf(
        StudyData data, SimilarityMatrix model, Dictionary<(int Row, int Country), StoredSample> samples, int question, int respondents)
    {
        var row = data.Rows[question];
        if (!data.People.TryGetValue(row, out var people))
            yield break;
        var asked = people.Where(p => data.Countries[p.Key].National).OrderBy(p => p.Key)
            .Select(p => (Country: p.Key, Shares: data.Compared(row, p.Value))).Where(p => p.Shares is not null).ToList();
        double[][] distributions = [.. asked.Select(p => p.Shares!)];
        foreach (var (country, shares) in asked)
        {
            bool IsOther(int place) => data.Countries[asked[place].Country].IsAnotherThan(data.Countries[country]);
            if (!Enumerable.Range(0, asked.Count).Any(IsOther) || double.IsNaN(model[question, country]))
                continue;
            var world = new double[shares!.Length];
            WorldMean.Of(distributions, IsOther, world);
            var majority = new double[world.Length];
            majority[Array.IndexOf(world, world.Max())] = 1;
            var sample = samples[(row, data.Countries[country].Id)];
            var size = Math.Max(2, (int)Math.Round((sample.Respondents ?? respondents) * (1 - sample.Refused)));
            var (second, perfect) = Sample(shares, size, new SeededNumbers(HashOf(row, country)));
            yield return new(country, sample.Respondents is null, model[question, country], data.Uniform[question, country],
                To(majority, shares), To(world, shares), second, perfect);
        }
    }

    /// <summary>Mean similarity of a sample to another one, and to the shares that both were drawn from.</summary>
    internal static (double Second, double Perfect) Sample(double[] shares, int respondents, SeededNumbers numbers)
    {
        double second = 0, perfect = 0;
        for (var i = 0; i < Draws; i++)
        {
            var (one, other) = (Draw(shares, respondents, numbers), Draw(shares, respondents, numbers));
            second += To(one, other) / Draws;
            perfect += (To(one, shares) + To(other, shares)) / 2 / Draws;
        }
        return (second, perfect);
    }

    static double[] Draw(double[] shares, int respondents, SeededNumbers numbers)
    {
        var drawn = new double[shares.Length];
        for (var person = 0; person < respondents; person++)
        {
            var place = numbers.Share();
            var option = 0;
            for (; option < shares.Length - 1 && place >= shares[option]; option++)
                place -= shares[option];
            // Rounding may leave a rest behind the last option that anybody chose.
            while (shares[option] == 0)
                option--;
            drawn[option] += 1.0 / respondents;
        }
        return drawn;
    }

    static double To(double[] one, double[] other) => Similarity.Bits(Math.Max(0, ScalarOracle.DivergenceBits(one, other)));

    static int HashOf(int row, int country) => unchecked(row * 1009 + country);

    static Yardstick Mean(string? country, List<Pair> pairs) => new()
    {
        Country = country,
        N = pairs.Count,
        Stated = pairs.Count(p => p.Stated),
        Model = pairs.Average(p => p.Model),
        Uniform = pairs.Average(p => p.Uniform),
        Majority = pairs.Average(p => p.Majority),
        World = pairs.Average(p => p.World),
        SecondSample = pairs.Average(p => p.SecondSample),
        Perfect = pairs.Average(p => p.Perfect),
    };

    readonly record struct Pair(
        int Country, bool Stated, double Model, double Uniform, double Majority, double World, double SecondSample, double Perfect);

    sealed record StoredSample(int SourceRow, int CountryId, int? Respondents, double Refused);
}
