using LocalOpinions.Store.Bulk;
using LocalOpinions.Store.Reading;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>
    /// The answered questions of a run by rising source row, each with the model's probability per option of the survey: the mean over the
    /// orders in which the options were put.
    /// </summary>
    /// <remarks>Streamed from the database while the caller enumerates; answers stored meanwhile are not part of it.</remarks>
    /// <exception cref="ArgumentException">The run is not in this file.</exception>
    public IEnumerable<(int SourceRow, double[] Probabilities)> ReadMeanAnswers(int runId)
    {
        SurveyOf(runId);
        var stored = Query(AnswerReader.Of([runId]));
        using var answers = new AnswerReader(stored.Result, stored);
        while (answers.Next())
            yield return (answers.SourceRow, answers.Distribution.ToArray());
    }

    /// <summary>On which options answers to a survey are compared.</summary>
    public ComparedOptions ReadComparedOptions(int surveyId)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return ComparedOptions.Load(_connection, surveyId);
        }
    }

    /// <summary>
    /// The answered questions of a run with the people's answers to them, by rising source row: what tests compute again.
    /// </summary>
    internal IEnumerable<ScoringQuestion> ReadForScoring(int runId)
    {
        const string Humans =
            """
            SELECT source_row, country_id, probabilities
            FROM human_distributions
            WHERE survey_id = ? AND source_row IN (SELECT source_row FROM answers WHERE run_id = ?)
            ORDER BY source_row, country_id
            """;
        var surveyId = SurveyOf(runId);
        var labels = CountryLabels(surveyId);
        var humans = new Dictionary<int, List<CountryAnswer>>();
        foreach (var asked in Stream<StoredDistribution>(Humans, surveyId, runId))
        {
            if (!humans.TryGetValue(asked.SourceRow, out var distributions))
                humans.Add(asked.SourceRow, distributions = []);
            distributions.Add(new(asked.CountryId, labels[asked.CountryId], asked.Probabilities));
        }

        var options = ReadComparedOptions(surveyId);
        foreach (var (sourceRow, probabilities) in ReadMeanAnswers(runId))
        {
            var compared = options.Of(sourceRow, probabilities).ToArray();
            yield return compared.Length > 0 ? new(sourceRow, compared, humans.GetValueOrDefault(sourceRow) ?? [])
                : new(sourceRow, probabilities, []);
        }
    }

    /// <summary>Stores the similarities of a run in place of those it had: of a run whose similarities were computed elsewhere.</summary>
    /// <exception cref="ArgumentException">The run is not in this file, a pair comes twice, or a divergence is no number.</exception>
    internal void ReplaceSimilarities(int runId, IReadOnlyList<SimilarityRow> rows) => Write(() =>
    {
        SurveyOf(runId);
        var pairs = new HashSet<(int, int)>(rows.Count);
        _connection.Execute("DELETE FROM similarities WHERE run_id = ?", runId);
        using var table = new TableAppender(_connection, "similarities");
        foreach (var row in rows)
        {
            if (!pairs.Add((row.SourceRow, row.CountryId)))
                throw new ArgumentException($"Row {row.SourceRow} and country {row.CountryId} come twice.", nameof(rows));
            if (!double.IsFinite(row.JsBits))
                throw new ArgumentException($"Row {row.SourceRow}, country {row.CountryId}: the divergence {row.JsBits} must be a number.",
                    nameof(rows));
            table.Write(runId).Write(row.SourceRow).Write(row.CountryId).Write(row.JsBits).EndRow();
        }

        table.Complete();
    });

    int SurveyOf(int runId)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _connection.Scalar("SELECT survey_id FROM runs WHERE run_id = ?", runId) as int?
                ?? throw new ArgumentException($"Run {runId} is not in {FullPath}.", nameof(runId));
        }
    }

    Dictionary<int, string> CountryLabels(int surveyId) =>
        Read<StoredLabel>("SELECT country_id, label FROM countries WHERE survey_id = ?", surveyId)
            .ToDictionary(c => c.CountryId, c => c.Label);

    sealed record StoredDistribution(int SourceRow, int CountryId, double[] Probabilities);

    sealed record StoredLabel(int CountryId, string Label);
}
