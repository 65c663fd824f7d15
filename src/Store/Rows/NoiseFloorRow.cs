namespace LocalOpinions.Store.Rows;

/// <summary>
/// How far arithmetic moves a run's numbers: absolute differences of two ways of computing the same prompts, a seeded sample of the run's.
/// Smaller differences between numbers of the run mean nothing.
/// </summary>
/// <param name="Prompts">Prompts of the sample, at least 1.</param>
/// <param name="MeanProb">Mean difference of an option's renormalised probability.</param>
/// <param name="MaxProb">Largest difference of an option's renormalised probability.</param>
/// <param name="MeanLogProb">Mean difference of a label's log-probability, in nats.</param>
/// <param name="MaxLogProb">Largest difference of a label's log-probability, in nats.</param>
/// <param name="MeanSimilarity">Mean difference of <c>similarity_bits</c> of one question and country; null where no country was asked any
/// question of the sample.</param>
/// <param name="MaxSimilarity">Largest difference of <c>similarity_bits</c> of one question and country; null together with the
/// mean.</param>
public sealed record NoiseFloorRow(
    int Prompts,
    double MeanProb,
    double MaxProb,
    double MeanLogProb,
    double MaxLogProb,
    double? MeanSimilarity,
    double? MaxSimilarity);
