using LocalOpinions.Store.Bulk;

namespace LocalOpinions.Analysis.Scores;

/// <summary>Intervals of a run's mean similarity to each country, and of the ranked countries' places.</summary>
static class CountryIntervals
{
    public static void Append(TableAppender table, int runId, ScoringSurvey survey, SimilarityMatrix similarities, int thinBelow,
        ScoreOptions options)
    {
        var counts = similarities.Counts();
        // A place among countries that must not be ranked would mislead, so the two kinds are drawn apart.
        var kinds = Enumerable.Range(0, counts.Length).Where(c => counts[c] > 0)
            .ToLookup(c => survey.Countries[c].IsNational && counts[c] >= thinBelow);
        foreach (var columns in kinds)
            Append(table, runId, survey, similarities, [.. columns], columns.Key, options);
    }

    static void Append(TableAppender table, int runId, ScoringSurvey survey, SimilarityMatrix similarities, int[] columns, bool ranked,
        ScoreOptions options)
    {
        var panel = new Panel(columns.Length, survey.Families, (question, column) => similarities[question, columns[column]]);
        var bootstrap = panel.Resample(options);
        var places = ranked ? bootstrap.Ranks(threads: options.Threads) : null;
        for (var column = 0; column < columns.Length; column++)
        {
            var (count, _, families) = panel.Describe(column);
            var (percentile, bca) = (bootstrap.Percentile(column), bootstrap.Bca(column));
            table.Write(runId).Write(survey.Countries[columns[column]].Id).Write(count).Write(families)
                .WriteOrNull(percentile.Low).WriteOrNull(percentile.High).WriteOrNull(bca.Low).WriteOrNull(bca.High)
                .Write(Place(places?[column].Estimate)).Write(Place(places?[column].Low)).Write(Place(places?[column].High))
                .Write(options.Resamples).EndRow();
        }
    }

    static int? Place(double? place) => place is { } number && !double.IsNaN(number) ? (int)number : null;
}
