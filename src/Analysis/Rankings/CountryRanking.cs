using LocalOpinions.Store;

namespace LocalOpinions.Analysis.Rankings;

/// <summary>How similar a country's answers are to a model's, and an answerer's who finds every option equally likely.</summary>
public sealed record RankedCountry
{
    /// <summary>The label as in the survey.</summary>
    public required string Country { get; init; }

    /// <summary>ISO 3166-1 alpha-3 code; null where the label is no country.</summary>
    public required string? Iso3 { get; init; }

    /// <summary>Questions behind the means.</summary>
    public required long N { get; init; }

    /// <summary>Mean of 1 - sqrt(JSD in bits), 0 to 1: the published number. It depends on which questions the country was asked.</summary>
    public required double SimilarityBits { get; init; }

    /// <summary>The same with natural logarithms.</summary>
    public required double SimilarityNats { get; init; }

    /// <summary>The uniform answerer's, in bits.</summary>
    public required double UniformBits { get; init; }

    /// <summary>
    /// By how much the model is nearer than the uniform answerer, in bits, as if every country had been asked every question; NaN where
    /// the sample is not national or no question connects the country with the others.
    /// </summary>
    public required double BeyondBits { get; init; }

    /// <summary>Lower end of its 95 % interval; NaN where there is none.</summary>
    public required double BeyondLow { get; init; }

    /// <summary>Upper end of that interval.</summary>
    public required double BeyondHigh { get; init; }

    /// <summary>The p-value for <see cref="BeyondBits"/> being 0, by Holm's correction over the ranked countries; NaN where none.</summary>
    public required double PHolm { get; init; }

    /// <summary>Place by <see cref="BeyondBits"/>, 1 for the nearest; null where a rank would mislead: thin data or not national.</summary>
    public required int? Rank { get; init; }

    /// <summary>The best place that chance leaves, at 95 %.</summary>
    public required int? RankLow { get; init; }

    /// <summary>The worst place that chance leaves, at 95 %.</summary>
    public required int? RankHigh { get; init; }

    /// <summary>Whether it has a place.</summary>
    public bool Ranked => Rank is not null;
}

/// <summary>The countries by similarity to one run's answers.</summary>
public static class CountryRanking
{
    /// <summary>
    /// The countries of a scored run: first those with a place, the nearest first by what goes beyond the uniform answerer; then the
    /// others by plain similarity.
    /// </summary>
    public static IReadOnlyList<RankedCountry> Of(ResultsFile results, int runId) => results.Read<RankedCountry>(
        """
        SELECT s.country, s.iso3, s.n, s.similarity_bits, s.similarity_nats, s.uniform_similarity_bits AS uniform_bits,
            a.beyond_bits, a.beyond_low, a.beyond_high, a.p_holm, a.rank, a.rank_low, a.rank_high
        FROM country_similarity AS s LEFT JOIN adjusted_similarity AS a ON a.run_id = s.run_id AND a.country_id = s.country_id
        WHERE s.run_id = ? ORDER BY a.rank NULLS LAST, s.similarity_bits DESC, s.country
        """, runId);
}
