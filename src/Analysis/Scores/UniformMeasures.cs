using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store.Bulk;
using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Reading;

namespace LocalOpinions.Analysis.Scores;

/// <summary>The values of an answerer who finds every option equally likely: what a model's values are held against.</summary>
static class UniformMeasures
{
    /// <summary>Stores them anew for a survey and some measures, inside the caller's transaction.</summary>
    /// <returns>By measure, as nearness: 1 for alike.</returns>
    public static SimilarityMatrix[] Replace(Connection connection, ScoringSurvey survey, ComparedOptions compared,
        IReadOnlyDictionary<int, ScaleAnswers> scales, IReadOnlyList<Measure> measures)
    {
        foreach (var measure in measures)
            connection.Execute("DELETE FROM uniform_measure_values WHERE survey_id = ? AND measure = ?", survey.SurveyId, measure.Name);
        using var table = new TableAppender(connection, "uniform_measure_values");
        var writer = new MeasureWriter(survey, measures, scales);
        var written = new long[measures.Count];
        foreach (var (sourceRow, humans) in survey.Humans)
        {
            if (humans.Block is not { } block)
                continue;
            var uniform = compared.Of(sourceRow, [.. Enumerable.Repeat(1.0 / block.Options, block.Options)]);
            writer.Append(table, survey.SurveyId, sourceRow, uniform, humans, written);
        }

        table.Complete();
        return writer.Nearness;
    }
}
