using LocalOpinions.Scoring.Simd.Resampling;
using LocalOpinions.Store.Bulk;

namespace LocalOpinions.Analysis.Scores;

/// <summary>
/// By how much one run is more similar to each country than another, over the questions that both answered; of two conditions also how
/// much more that is, on the same questions, than for all other countries.
/// </summary>
static class PairedDifferences
{
    public static void Append(TableAppender table, TableAppender beyondTable, RunPair pair, ScoringSurvey survey, SimilarityMatrix one,
        SimilarityMatrix other, ScoreOptions options)
    {
        var columns = Enumerable.Range(0, survey.Countries.Count).Where(column => HasCommon(one, other, column)).ToArray();
        if (columns.Length == 0)
            return;
        var national = columns.Where(column => survey.Countries[column].IsNational).ToArray();
        // The last column is the mean over countries.
        var panel = new Panel(columns.Length + 1, survey.Families, (question, column) =>
            column < columns.Length ? one[question, columns[column]] - other[question, columns[column]]
                : Mean(one, other, question, national));
        var bootstrap = panel.Resample(options);
        var p = Enumerable.Range(0, columns.Length).Select(bootstrap.PValue).ToArray();
        var holm = new double[p.Length];
        Holm.Adjust(p, holm);
        for (var column = 0; column <= columns.Length; column++)
        {
            var isMean = column == columns.Length;
            var (count, mean, families) = panel.Describe(column);
            if (count == 0)
                continue;
            var interval = bootstrap.Percentile(column);
            table.Write(pair.RunId).Write(pair.OtherRunId).Write(pair.Comparison)
                .Write(isMean ? null : (int?)survey.Countries[columns[column]].Id).Write(count).Write(families)
                .Write(mean).WriteOrNull(interval.Low).WriteOrNull(interval.High)
                .WriteOrNull(isMean ? bootstrap.PValue(column) : p[column]).WriteOrNull(isMean ? bootstrap.PValue(column) : holm[column])
                    .Write(options.Resamples).EndRow();
        }

        if (pair.Comparison == RunPair.Conditions)
            AppendBeyond(beyondTable, pair, survey, one, other, columns, options);
    }

    static void AppendBeyond(TableAppender table, RunPair pair, ScoringSurvey survey, SimilarityMatrix one, SimilarityMatrix other,
        int[] columns, ScoreOptions options)
    {
        int[][] others = [.. columns.Select(column => columns.Where(c => survey.IsOther(column, c)).ToArray())];
        // Of a country that alone was asked a question, nothing can be said there; of one that always was, nothing at all.
        var panel = new Panel(columns.Length, survey.Families, (question, column) =>
            one[question, columns[column]] - other[question, columns[column]] - Mean(one, other, question, others[column]));
        var described = Enumerable.Range(0, columns.Length).Select(panel.Describe).ToArray();
        if (described.All(d => d.Count == 0))
            return;
        var bootstrap = panel.Resample(options);
        var p = described.Select((d, column) => d.Count == 0 ? double.NaN : bootstrap.PValue(column)).ToArray();
        var holm = new double[p.Length];
        Holm.Adjust(p, holm);
        foreach (var (column, (count, mean, families)) in described.Index())
        {
            if (count == 0)
                continue;
            var interval = bootstrap.Percentile(column);
            table.Write(pair.RunId).Write(pair.OtherRunId).Write(survey.Countries[columns[column]].Id).Write(count).Write(families)
                .Write(mean).WriteOrNull(interval.Low).WriteOrNull(interval.High).WriteOrNull(p[column]).WriteOrNull(holm[column])
                .Write(options.Resamples).EndRow();
        }
    }

    static bool HasCommon(SimilarityMatrix one, SimilarityMatrix other, int column)
    {
        for (var question = 0; question < one.Questions; question++)
        {
            if (!double.IsNaN(one[question, column] - other[question, column]))
                return true;
        }

        return false;
    }

    static double Mean(SimilarityMatrix one, SimilarityMatrix other, int question, int[] columns)
    {
        var (sum, count) = (0.0, 0);
        foreach (var column in columns)
        {
            var difference = one[question, column] - other[question, column];
            if (double.IsNaN(difference))
                continue;
            sum += difference;
            count++;
        }

        return sum / count;
    }
}
