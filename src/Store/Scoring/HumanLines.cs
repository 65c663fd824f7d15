using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Store;

/// <summary>How similar other people are to a country's, over a set of questions: what a model's similarity can be held against.</summary>
sealed class HumanLines
{
    readonly ScoringSurvey _survey;
    readonly int _thinBelow;
    readonly double[] _sums;
    readonly int[] _counts;
    readonly (double World, double Average, int Count)[] _others;

    /// <param name="survey">The survey.</param>
    /// <param name="answered">The questions that count, by index.</param>
    /// <param name="thinBelow">Common questions that another country needs to be the nearest or the farthest.</param>
    public HumanLines(ScoringSurvey survey, bool[] answered, int thinBelow)
    {
        (_survey, _thinBelow) = (survey, thinBelow);
        var countries = survey.Countries.Count;
        (_sums, _counts, _others) = (new double[countries * countries], new int[countries * countries], new (double, double, int)[countries]);
        foreach (var humans in survey.Humans.Values)
        {
            if (answered[humans.Index] && humans.Block is { } block)
                Add(humans, block);
        }
    }

    public void Append(TableAppender table, int runId, SimilarityMatrix similarities)
    {
        for (var column = 0; column < _survey.Countries.Count; column++)
        {
            if (similarities.Count(column) == 0)
                continue;
            var others = _others[column];
            table.Write(runId).Write(_survey.Countries[column].Id).Write(others.Count).WriteOrNull(others.World / others.Count).WriteOrNull(others.Average / others.Count);
            var candidates = Enumerable.Range(0, _survey.Countries.Count).Where(other => IsOther(column, other) && Common(column, other) >= _thinBelow).ToList();
            int? nearest = candidates.Count == 0 ? null : candidates.MaxBy(other => Mean(column, other));
            int? farthest = candidates.Count == 0 ? null : candidates.MinBy(other => Mean(column, other));
            Write(table, column, nearest);
            table.WriteOrNull(nearest is { } n ? MeanOnCommon(similarities, similarities, column, n) : double.NaN);
            table.WriteOrNull(nearest is { } m ? MeanOnCommon(_survey.Uniform, similarities, column, m) : double.NaN);
            Write(table, column, farthest);
            table.EndRow();
        }
    }

    void Write(TableAppender table, int column, int? other) =>
        table.Write(other is { } id ? _survey.Countries[id].Id : null).Write(other is { } c ? (int?)Common(column, c) : null).WriteOrNull(other is { } o ? Mean(column, o) : double.NaN);

    bool IsOther(int column, int other) => _survey.Countries[other].IsNational && _survey.Countries[other].IsAnotherThan(_survey.Countries[column]);

    int Common(int column, int other) => _counts[column * _survey.Countries.Count + other];

    double Mean(int column, int other) => _sums[column * _survey.Countries.Count + other] / Common(column, other);

    double MeanOnCommon(SimilarityMatrix values, SimilarityMatrix present, int column, int other)
    {
        var (sum, count) = (0.0, 0);
        for (var question = 0; question < values.Questions; question++)
        {
            if (double.IsNaN(present[question, column]) || double.IsNaN(present[question, other]))
                continue;
            sum += values[question, column];
            count++;
        }

        return sum / count;
    }

    void Add(HumanAnswers humans, DistributionBlock block)
    {
        var columns = humans.Columns;
        var countries = _survey.Countries.Count;
        var divergences = new double[JensenShannon.PairCount(columns.Length)];
        JensenShannon.Pairwise(block, divergences);
        for (var i = 0; i < columns.Length; i++)
        {
            var (sum, count) = (0.0, 0);
            for (var j = 0; j < columns.Length; j++)
            {
                if (!IsOther(columns[i], columns[j]))
                    continue;
                var similarity = Similarity.Bits(divergences[JensenShannon.PairIndex(columns.Length, Math.Min(i, j), Math.Max(i, j))]);
                _sums[columns[i] * countries + columns[j]] += similarity;
                _counts[columns[i] * countries + columns[j]]++;
                sum += similarity;
                count++;
            }

            if (count == 0)
                continue;
            var one = i;
            ref var others = ref _others[columns[i]];
            others = (others.World + WorldMean.Similarity(humans.Distributions, one, j => IsOther(columns[one], columns[j])), others.Average + sum / count, others.Count + 1);
        }
    }
}
