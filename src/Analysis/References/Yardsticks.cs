using LocalOpinions.Analysis.Panels;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Store;

namespace LocalOpinions.Analysis.References;

/// <summary>What a similarity is worth: the same number for answerers that are known, and for samples of the same people.</summary>
/// <remarks>
/// Survey shares are those of a sample; what its size alone costs is <see cref="SamplingLoss"/>. Scoring stores these numbers with
/// <see cref="Yardstick.DefaultRespondents"/>: the view run_yardsticks.
/// </remarks>
public static class Yardsticks
{
    /// <summary>Computes them for a scored run and its national samples.</summary>
    /// <param name="results">The file.</param>
    /// <param name="surveyId">The run's survey.</param>
    /// <param name="runId">The run.</param>
    /// <param name="respondents">People asked, where the survey does not say: 2 or more.</param>
    /// <returns>All pairs first, then every country by rising number of its label.</returns>
    /// <exception cref="InputException">The run has no similarity that could be held against anything, or answers that are not scored.
    /// </exception>
    public static IReadOnlyList<Yardstick> Of(ResultsFile results, int surveyId, int runId, int respondents = Yardstick.DefaultRespondents)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(respondents, 2);
        var data = new StudyData(results, surveyId, seed: 1, resamples: 1);
        data.RequireScored(runId);
        var similarities = data.Similarities(runId);
        var nearest = results.Read<NearestCountry>(
            """
            SELECT c.label AS country, l.nearest_bits AS bits
            FROM country_lines AS l JOIN countries AS c USING (country_id) WHERE run_id = ?
            """, runId).ToDictionary(l => l.Country, l => l.Bits);
        List<Yardstick> countries = [.. YardstickMeans.Of(results, surveyId, similarities, respondents)
            .Select(y => y with { Nearest = nearest.GetValueOrDefault(y.Country!, double.NaN) })];
        if (countries.Count == 0)
            throw new InputException($"Run {runId} has answered no question that two countries were asked.");
        return [All(countries), .. countries];
    }

    /// <summary>Those of all pairs together, as scoring stored them; null where it stored none.</summary>
    /// <param name="results">The file.</param>
    /// <param name="runId">The run.</param>
    public static Yardstick? Stored(ResultsFile results, int runId) => results.Read<Yardstick>(
        """
        SELECT country, n::INTEGER AS n, assumed::INTEGER AS assumed, similarity_bits AS model, uniform_bits AS uniform,
               majority_bits AS majority, world_bits AS world, nearest_bits AS nearest, second_sample_bits AS second_sample,
               perfect_bits AS perfect
        FROM run_yardsticks WHERE run_id = ? AND country IS NULL
        """, runId).SingleOrDefault();

    static Yardstick All(List<Yardstick> countries)
    {
        var n = countries.Sum(c => c.N);
        double Mean(Func<Yardstick, double> of) => countries.Sum(c => c.N * of(c)) / n;
        return new()
        {
            Country = null,
            N = n,
            Assumed = countries.Sum(c => c.Assumed),
            Model = Mean(c => c.Model),
            Uniform = Mean(c => c.Uniform),
            Majority = Mean(c => c.Majority),
            World = Mean(c => c.World),
            Nearest = countries.Sum(c => double.IsNaN(c.Nearest) ? 0 : c.N * c.Nearest)
                / countries.Sum(c => double.IsNaN(c.Nearest) ? 0.0 : c.N),
            SecondSample = Mean(c => c.SecondSample),
            Perfect = Mean(c => c.Perfect),
        };
    }

    sealed record NearestCountry(string Country, double Bits);
}
