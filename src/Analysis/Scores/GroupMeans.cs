using LocalOpinions.Scoring.Simd.Resampling;
using LocalOpinions.Store.Bulk;

namespace LocalOpinions.Analysis.Scores;

/// <summary>
/// A run's mean similarity by region, topic and source: per question the mean over the group's countries first, so that a question counts
/// once, however many countries were asked.
/// </summary>
sealed class GroupMeans
{
    const int Nowhere = -1;

    readonly ScoringSurvey _survey;

    // Set 0 is every country with a national sample, then come the regions. By column, the set of its region: 0 where it has none, and
    // Nowhere where its sample is not national.
    readonly int[] _setOf;
    readonly List<Group> _groups = [];
    readonly double[] _means, _sums;
    readonly int[] _counts;

    public GroupMeans(ScoringSurvey survey)
    {
        _survey = survey;
        var regions = survey.Countries.Where(c => c.IsNational && c.Region is not null).Select(c => c.Region!).Distinct()
            .Order(StringComparer.Ordinal).ToList();
        _setOf = [.. survey.Countries.Select(c => !c.IsNational ? Nowhere : c.Region is { } region ? 1 + regions.IndexOf(region) : 0)];
        (_sums, _counts) = (new double[1 + regions.Count], new int[1 + regions.Count]);
        _means = new double[_sums.Length * survey.Rows.Length];

        var all = Enumerable.Repeat(true, survey.Rows.Length).ToArray();
        _groups.Add(new("all", "all", 0, all));
        foreach (var (i, region) in regions.Index())
            _groups.Add(new("region", region, 1 + i, all));
        foreach (var (topic, questions) in survey.Topics)
            _groups.Add(new("topic", topic, 0, Only(questions)));
        foreach (var source in survey.Sources.Distinct().Order(StringComparer.Ordinal))
            _groups.Add(new("source", source, 0, [.. survey.Sources.Select(s => s == source)]));
    }

    /// <summary>What is the same for all runs that answered these questions.</summary>
    /// <param name="answered">By the question's index.</param>
    public GroupExtents ExtentsOver(bool[] answered)
    {
        ReadMeans(_survey.Uniform, answered);
        var extents = new GroupExtents(_groups.Count);
        for (var group = 0; group < _groups.Count; group++)
        {
            var families = new HashSet<int>();
            var columns = new HashSet<int>();
            foreach (var humans in _survey.Humans.Values)
            {
                if (double.IsNaN(MeanOf(group, humans.Index)))
                    continue;
                families.Add(_survey.Families[humans.Index]);
                columns.UnionWith(humans.Columns.Where(c => _groups[group].Set == 0 ? _setOf[c] != Nowhere
                    : _setOf[c] == _groups[group].Set));
            }

            (extents.Families[group], extents.Countries[group]) = (families.Count, columns.Count);
            (extents.Questions[group], extents.UniformMeans[group]) = Mean(group);
        }

        return extents;
    }

    public void Append(TableAppender table, int runId, SimilarityMatrix similarities, bool[] answered, GroupExtents extents,
        ScoreOptions options)
    {
        // The first group has all countries of the others: without them there is nothing to draw from.
        if (extents.Questions[0] == 0)
            return;
        ReadMeans(similarities, answered);
        var bootstrap = options.Resamples > 0 ? new Panel(_groups.Count, _survey.Families, (question, group) => MeanOf(group, question))
            .Resample(options) : null;
        for (var group = 0; group < _groups.Count; group++)
        {
            if (extents.Questions[group] == 0)
                continue;
            var mean = Mean(group).Value;
            var none = new Interval(mean, double.NaN, double.NaN, 0);
            var (percentile, bca) = (bootstrap?.Percentile(group) ?? none, bootstrap?.Bca(group) ?? none);
            table.Write(runId).Write(_groups[group].Grouping).Write(_groups[group].Name).Write(extents.Questions[group])
                .Write(extents.Families[group]).Write(extents.Countries[group])
                .Write(mean).Write(extents.UniformMeans[group])
                .WriteOrNull(percentile.Low).WriteOrNull(percentile.High).WriteOrNull(bca.Low).WriteOrNull(bca.High)
                    .Write(options.Resamples).EndRow();
        }
    }

    /// <summary>Per set and question the mean over the set's countries that answered, of the questions that the run answered.</summary>
    void ReadMeans(SimilarityMatrix values, bool[] answered)
    {
        Array.Fill(_means, double.NaN);
        foreach (var humans in _survey.Humans.Values)
        {
            if (!answered[humans.Index])
                continue;
            Array.Clear(_sums);
            Array.Clear(_counts);
            foreach (var column in humans.Columns)
            {
                var set = _setOf[column];
                if (set == Nowhere)
                    continue;
                var value = values[humans.Index, column];
                _sums[0] += value;
                _counts[0]++;
                if (set > 0)
                {
                    _sums[set] += value;
                    _counts[set]++;
                }
            }

            for (var set = 0; set < _sums.Length; set++)
                _means[set * _survey.Rows.Length + humans.Index] = _sums[set] / _counts[set];
        }
    }

    double MeanOf(int group, int question) => _groups[group].Questions[question]
        ? _means[_groups[group].Set * _survey.Rows.Length + question] : double.NaN;

    (int Count, double Value) Mean(int group)
    {
        var (sum, count) = (0.0, 0);
        for (var question = 0; question < _survey.Rows.Length; question++)
        {
            var mean = MeanOf(group, question);
            if (double.IsNaN(mean))
                continue;
            sum += mean;
            count++;
        }

        return (count, sum / count);
    }

    bool[] Only(int[] questions)
    {
        var only = new bool[_survey.Rows.Length];
        foreach (var question in questions)
            only[question] = true;
        return only;
    }

    sealed record Group(string Grouping, string Name, int Set, bool[] Questions);
}

/// <summary>By group: its questions, their families, the countries that answered them, and a uniform answerer's mean.</summary>
sealed class GroupExtents(int groups)
{
    public int[] Questions { get; } = new int[groups];

    public int[] Families { get; } = new int[groups];

    public int[] Countries { get; } = new int[groups];

    public double[] UniformMeans { get; } = new double[groups];
}
