using LocalOpinions.Store.Bulk;
using LocalOpinions.Store.Connections;

namespace LocalOpinions.Analysis.Scores;

/// <summary>Compares pairs of scored runs; keeps the few matrices that it met last.</summary>
sealed class RunComparer(Connection connection, ScoringSurvey survey, ScoreOptions options)
{
    const int MatricesKept = 12;

    readonly Dictionary<int, int> _columns = survey.Countries.Select((c, i) => (c.Id, i)).ToDictionary(x => x.Id, x => x.i);
    readonly Dictionary<int, int> _questions = survey.Rows.Select((row, i) => (row, i)).ToDictionary(x => x.row, x => x.i);
    readonly OrderedDictionary<int, SimilarityMatrix> _matrices = [];

    /// <summary>Stores the differences of a pair, inside the caller's transaction.</summary>
    public void Compare(RunPair pair)
    {
        using var table = new TableAppender(connection, "paired_differences");
        using var beyond = new TableAppender(connection, "paired_beyond");
        PairedDifferences.Append(table, beyond, pair, survey, Matrix(pair.RunId), Matrix(pair.OtherRunId), options);
        table.Complete();
        beyond.Complete();
    }

    SimilarityMatrix Matrix(int runId)
    {
        if (_matrices.TryGetValue(runId, out var known))
            return known;
        if (_matrices.Count == MatricesKept)
            _matrices.RemoveAt(0);
        var matrix = new SimilarityMatrix(survey.Rows.Length, survey.Countries.Count);
        using var stored = connection.Query($"SELECT source_row, country_id, js_bits FROM similarities WHERE run_id = {runId}");
        matrix.Fill(stored, _questions, _columns);
        _matrices.Add(runId, matrix);
        return matrix;
    }
}
