using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    const string NoiseFloors = "noise_floors", RoundingFloors = "rounding_floors";

    /// <summary>Stores a run's noise floor in place of the one it had.</summary>
    /// <exception cref="ArgumentException">The run is not in this file, or the numbers are none that a noise floor can have.</exception>
    public void ReplaceNoiseFloor(int runId, NoiseFloorRow row) => ReplaceFloor(NoiseFloors, runId, row);

    /// <summary>
    /// Stores how far the arithmetic with a run's quantised weights is from float arithmetic with the same weights, in place of what was
    /// known of it.
    /// </summary>
    /// <inheritdoc cref="ReplaceNoiseFloor"/>
    public void ReplaceRoundingFloor(int runId, NoiseFloorRow row) => ReplaceFloor(RoundingFloors, runId, row);

    /// <summary>How far a run's arithmetic moves numbers; null where it was not measured.</summary>
    /// <exception cref="ArgumentException">The run is not in this file.</exception>
    public NoiseFloorRow? NoiseFloor(int runId) => Floor(NoiseFloors, runId);

    /// <summary>
    /// How far the arithmetic with a run's quantised weights is from float arithmetic with the same weights; null where it was not
    /// measured.
    /// </summary>
    /// <exception cref="ArgumentException">The run is not in this file.</exception>
    public NoiseFloorRow? RoundingFloor(int runId) => Floor(RoundingFloors, runId);

    void ReplaceFloor(string table, int runId, NoiseFloorRow row)
    {
        if (row.Prompts < 1)
            throw new ArgumentException($"A noise floor over {row.Prompts} prompts was not measured.", nameof(row));
        if (row.MeanSimilarity.HasValue != row.MaxSimilarity.HasValue)
            throw new ArgumentException("Mean and largest difference of the similarity are known together or not at all.", nameof(row));
        RequireMeanAndMax("probability", row.MeanProb, row.MaxProb);
        RequireMeanAndMax("log-probability", row.MeanLogProb, row.MaxLogProb);
        RequireMeanAndMax("similarity", row.MeanSimilarity ?? 0, row.MaxSimilarity ?? 0);
        Write(() =>
        {
            SurveyOf(runId);
            _connection.Replace(table, new
            {
                RunId = runId,
                row.Prompts,
                row.MeanProb,
                row.MaxProb,
                row.MeanLogProb,
                row.MaxLogProb,
                row.MeanSimilarity,
                row.MaxSimilarity,
            });
        });
    }

    NoiseFloorRow? Floor(string table, int runId)
    {
        SurveyOf(runId);
        return Floors(table).GetValueOrDefault(runId);
    }

    Dictionary<int, NoiseFloorRow> Floors(string table) => Read<StoredNoiseFloor>(
        $"""
        SELECT run_id, prompts, mean_prob, max_prob, mean_log_prob, max_log_prob, mean_similarity, max_similarity FROM {table}
        """).ToDictionary(n => n.RunId, n => n.ToRow());

    static void RequireMeanAndMax(string what, double mean, double max)
    {
        // A mean can come out a rounding error above the largest.
        if (!(mean >= 0 && max >= 0 && double.IsFinite(max) && mean <= max * (1 + 1e-9)))
            throw new ArgumentException($"Differences of the {what} cannot have the mean {mean} and the largest {max}.");
    }
}

/// <summary>A noise floor as it is stored.</summary>
sealed record StoredNoiseFloor
{
    public required int RunId { get; init; }

    public required int Prompts { get; init; }

    public required double MeanProb { get; init; }

    public required double MaxProb { get; init; }

    public required double MeanLogProb { get; init; }

    public required double MaxLogProb { get; init; }

    public required double? MeanSimilarity { get; init; }

    public required double? MaxSimilarity { get; init; }

    public NoiseFloorRow ToRow() => new(Prompts, MeanProb, MaxProb, MeanLogProb, MaxLogProb, MeanSimilarity, MaxSimilarity);
}
