using LocalOpinions.Store;

namespace LocalOpinions.Analysis.Rankings;

/// <summary>A country's mean similarity to a model's answers, and the uniform answerer's on the same questions.</summary>
/// <param name="Country">The label as in the survey.</param>
/// <param name="Iso3">ISO 3166-1 alpha-3 code; null where the label is no country.</param>
/// <param name="N">Questions behind the means.</param>
/// <param name="SimilarityBits">Mean of 1 - sqrt(JSD in bits), 0 to 1.</param>
/// <param name="SimilarityNats">The same with natural logarithms.</param>
/// <param name="UniformBits">The uniform answerer's, in bits.</param>
/// <param name="Ranked">False where the data are too thin or the sample is not national: then a rank would mislead.</param>
public sealed record RankedCountry(
    string Country, string? Iso3, long N, double SimilarityBits, double SimilarityNats, double UniformBits, bool Ranked);

/// <summary>The countries by similarity to one run's answers.</summary>
public static class CountryRanking
{
    /// <summary>The countries of a scored run, nearest first.</summary>
    public static IReadOnlyList<RankedCountry> Of(ResultsFile results, int runId) => results.Read<RankedCountry>(
        """
        SELECT country, iso3, n, similarity_bits, similarity_nats, uniform_similarity_bits AS uniform_bits, ranked
        FROM country_similarity WHERE run_id = ? ORDER BY similarity_bits DESC, country
        """, runId);
}
