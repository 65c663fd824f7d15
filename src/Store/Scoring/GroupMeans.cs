using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Store;

/// <summary>
/// A run's mean similarity by region, topic and source: per question the mean over the group's countries first, so that a
/// question counts once, however many countries were asked.
/// </summary>
sealed class GroupMeans
{
    readonly ScoringSurvey _survey;
    readonly int[] _national;
    readonly List<(string Grouping, string Name, int[] Columns, bool[] Questions)> _groups = [];

    public GroupMeans(ScoringSurvey survey)
    {
        _survey = survey;
        _national = [.. Enumerable.Range(0, survey.Countries.Count).Where(c => survey.Countries[c].IsNational)];
        var all = Enumerable.Repeat(true, survey.Rows.Length).ToArray();
        _groups.Add(("all", "all", _national, all));
        foreach (var region in _national.Where(c => survey.Countries[c].Region is not null).GroupBy(c => survey.Countries[c].Region!).OrderBy(r => r.Key, StringComparer.Ordinal))
            _groups.Add(("region", region.Key, [.. region], all));
        foreach (var (topic, questions) in survey.Topics)
            _groups.Add(("topic", topic, _national, Only(questions)));
        foreach (var source in survey.Sources.Distinct().Order(StringComparer.Ordinal))
            _groups.Add(("source", source, _national, [.. survey.Sources.Select(s => s == source)]));
    }

    public void Append(TableAppender table, int runId, SimilarityMatrix similarities, ScoreOptions options)
    {
        var panel = new Panel(_groups.Count, _survey.Families, (question, group) => Mean(similarities, similarities, question, group));
        if (panel.IsEmpty)
            return;
        var uniform = new Panel(_groups.Count, _survey.Families, (question, group) => Mean(_survey.Uniform, similarities, question, group));
        var bootstrap = options.Resamples > 0 ? panel.Resample(options) : null;
        for (var group = 0; group < _groups.Count; group++)
        {
            var (count, mean, families) = panel.Describe(group);
            if (count == 0)
                continue;
            var none = new Interval(mean, double.NaN, double.NaN, 0);
            var (percentile, bca) = (bootstrap?.Percentile(group) ?? none, bootstrap?.Bca(group) ?? none);
            table.Write(runId).Write(_groups[group].Grouping).Write(_groups[group].Name).Write(count).Write(families).Write(Countries(similarities, group))
                .Write(mean).Write(uniform.Describe(group).Mean)
                .WriteOrNull(percentile.Low).WriteOrNull(percentile.High).WriteOrNull(bca.Low).WriteOrNull(bca.High).Write(options.Resamples).EndRow();
        }
    }

    /// <summary>Mean over the group's countries that answered, of those where the run has an answer.</summary>
    double Mean(SimilarityMatrix values, SimilarityMatrix present, int question, int group)
    {
        if (!_groups[group].Questions[question])
            return double.NaN;
        var (sum, count) = (0.0, 0);
        foreach (var column in _groups[group].Columns)
        {
            if (double.IsNaN(present[question, column]))
                continue;
            sum += values[question, column];
            count++;
        }

        return sum / count;
    }

    int Countries(SimilarityMatrix similarities, int group) => _groups[group].Columns.Count(column =>
    {
        for (var question = 0; question < similarities.Questions; question++)
        {
            if (_groups[group].Questions[question] && !double.IsNaN(similarities[question, column]))
                return true;
        }

        return false;
    });

    bool[] Only(int[] questions)
    {
        var only = new bool[_survey.Rows.Length];
        foreach (var question in questions)
            only[question] = true;
        return only;
    }
}
