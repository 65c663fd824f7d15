using LocalOpinions.Analysis.Panels;
using LocalOpinions.Store;

namespace LocalOpinions.Analysis.FollowUp;

/// <summary>
/// What studies that followed report of a run, by every measure that is stored of it (docs/method.md names them and where each comes from).
/// All of it is in views; this is them for one run.
/// </summary>
public sealed record MeasuredRun
{
    /// <summary>Measure by measure, over all pairs of question and national sample.</summary>
    public required IReadOnlyList<MeasureLine> Measures { get; init; }

    /// <summary>The same by how much people agree (SimBench), the most agreed first.</summary>
    public required IReadOnlyList<StratumLine> Strata { get; init; }

    /// <summary>The countries that prompts of this model name on this survey (Santurkar et al.); empty where none do.</summary>
    public required IReadOnlyList<SteeredCountry> Steered { get; init; }

    /// <summary>Don't know and the like beside the people's, country by country (SynthBench); empty where no question has any.</summary>
    public required IReadOnlyList<RefusalLine> Refusals { get; init; }

    /// <summary>How alike the file's models answer this survey, pair by pair; empty where there is one.</summary>
    public required IReadOnlyList<ModelPair> Models { get; init; }

    /// <summary>What the model writes beside what its probabilities say (Wang et al.).</summary>
    public required WrittenBeside Written { get; init; }

    /// <summary>Reads it from the views.</summary>
    /// <param name="results">The file.</param>
    /// <param name="runId">A scored run.</param>
    /// <exception cref="InputException">It has answers that are not scored, or none that people's could be compared with.</exception>
    public static MeasuredRun Of(ResultsFile results, int runId)
    {
        var surveyId = results.ReadValues<int>("SELECT survey_id FROM runs WHERE run_id = ?", runId).Single();
        new StudyData(results, surveyId, seed: 1, resamples: 1).RequireScored(runId);
        var strata = results.Read<StratumLine>(
            """
            SELECT measure, entropy_from, entropy_to, pairs, nearness, low, high, uniform_nearness, skill, skill_low, skill_high
            FROM entropy_strata WHERE run_id = ? ORDER BY measure, entropy_from NULLS FIRST
            """, runId);
        if (strata.Count == 0)
            throw new InputException($"Run {runId} of {results.FullPath} is not scored against any national sample.");
        return new()
        {
            Measures = MeasuresOf(results, runId),
            Strata = [.. strata.Where(s => s.EntropyFrom is not null)],
            Steered = results.Read<SteeredCountry>(
                """
                SELECT s.country, s.measure, s.n, s.wordings, s.steerability, s.low, s.high, s.mean_steered, s.unsteered, s.gain,
                       s.gain_low, s.gain_high
                FROM steerability AS s
                JOIN run_labels AS r ON r.model_id = s.model_id AND r.survey_id = s.survey_id AND r.reading = s.reading
                    AND r.option_order = s.option_order AND r.language IS NOT DISTINCT FROM s.language
                WHERE r.run_id = ? ORDER BY s.measure, s.country
                """, runId),
            Refusals = results.Read<RefusalLine>(
                """
                SELECT country, n, model_refusal, human_refusal, calibration, low, high FROM refusals
                WHERE run_id = ? AND sample_kind <> 'non-national' ORDER BY calibration, country
                """, runId),
            Models = results.Read<ModelPair>(
                """
                SELECT m.model, m.other_model, m.n, m.similarity_bits, m.low, m.high
                FROM model_similarity AS m JOIN run_labels AS r ON r.survey = m.survey
                WHERE r.run_id = ? AND m.one_run < m.other_run ORDER BY m.one_run, m.other_run
                """, runId),
            Written = WrittenBeside.Of(results, runId),
        };
    }

    /// <summary>
    /// By how much a run is nearer to people than another one, on the same pairs: by measure and by how much people agree. For a tuned
    /// model and its base it shows whether tuning helped where people agree and harmed where they do not.
    /// </summary>
    /// <param name="results">The file.</param>
    /// <param name="runId">A scored run.</param>
    /// <param name="otherRunId">Another of the same survey.</param>
    public static IReadOnlyList<StratumDifference> Against(ResultsFile results, int runId, int otherRunId) =>
        results.Read<StratumDifference>(
            """
            SELECT measure, entropy_from, entropy_to, pairs, nearness, other_nearness, difference, low, high
            FROM stratum_differences(?, ?) ORDER BY measure, entropy_from NULLS FIRST
            """, runId, otherRunId);

    static IReadOnlyList<MeasureLine> MeasuresOf(ResultsFile results, int runId) => results.Read<MeasureLine>(
        """
        SELECT s.measure, d.title, s.pairs, s.nearness, s.low, s.high, s.uniform_nearness, s.skill, s.skill_low, s.skill_high,
               e.countries, e.evenness, e.low AS evenness_low, e.high AS evenness_high, e.uniform_evenness,
               c.country AS nearest, c.topics, c.consistency, c.not_behind
        FROM entropy_strata AS s
        JOIN measures AS d ON d.measure = s.measure
        LEFT JOIN evenness AS e ON e.run_id = s.run_id AND e.measure = s.measure
        LEFT JOIN consistency AS c ON c.run_id = s.run_id AND c.measure = s.measure
        WHERE s.run_id = ? AND s.entropy_from IS NULL ORDER BY s.measure
        """, runId);
}
