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
    readonly Line?[] _lines;

    /// <param name="survey">The survey.</param>
    /// <param name="answered">The questions that count, by index.</param>
    /// <param name="thinBelow">Common questions that another country needs to be the nearest or the farthest.</param>
    public HumanLines(ScoringSurvey survey, bool[] answered, int thinBelow)
    {
        (_survey, _thinBelow) = (survey, thinBelow);
        var countries = survey.Countries.Count;
        (_sums, _counts, _others) = (new double[countries * countries], new int[countries * countries], new (double, double, int)[countries]);
        var asked = Enumerable.Range(0, countries).Select(_ => new List<int>()).ToArray();
        foreach (var humans in survey.Humans.Values.Where(h => answered[h.Index]))
        {
            Add(humans, humans.Block!);
            foreach (var column in humans.Columns)
                asked[column].Add(humans.Index);
        }

        _lines = [.. asked.Select((questions, column) => questions.Count == 0 ? null : Draw(column, asked))];
    }

    public void Append(TableAppender table, int runId, SimilarityMatrix similarities)
    {
        for (var column = 0; column < _lines.Length; column++)
        {
            if (_lines[column] is not { } line)
                continue;
            var others = _others[column];
            table.Write(runId).Write(_survey.Countries[column].Id).Write(others.Count).WriteOrNull(others.World / others.Count).WriteOrNull(others.Average / others.Count);
            Write(table, column, line.Nearest);
            table.WriteOrNull(Mean(similarities, line.WithNearest, column)).WriteOrNull(line.UniformWithNearest);
            Write(table, column, line.Farthest);
            table.EndRow();
        }
    }

    Line Draw(int column, List<int>[] asked)
    {
        var candidates = Enumerable.Range(0, asked.Length).Where(other => IsOther(column, other) && Common(column, other) >= _thinBelow).ToList();
        if (candidates.Count == 0)
            return new(null, null, [], double.NaN);
        var nearest = candidates.MaxBy(other => Mean(column, other));
        var common = asked[column].Intersect(asked[nearest]).ToArray();
        return new(nearest, candidates.MinBy(other => Mean(column, other)), common, Mean(_survey.Uniform, common, column));
    }

    void Write(TableAppender table, int column, int? other) =>
        table.Write(other is { } id ? _survey.Countries[id].Id : null).Write(other is { } c ? (int?)Common(column, c) : null).WriteOrNull(other is { } o ? Mean(column, o) : double.NaN);

    bool IsOther(int column, int other) => _survey.Countries[other].IsNational && _survey.Countries[other].IsAnotherThan(_survey.Countries[column]);

    int Common(int column, int other) => _counts[column * _survey.Countries.Count + other];

    double Mean(int column, int other) => _sums[column * _survey.Countries.Count + other] / Common(column, other);

    static double Mean(SimilarityMatrix similarities, int[] questions, int column)
    {
        var sum = 0.0;
        foreach (var question in questions)
            sum += similarities[question, column];
        return sum / questions.Length;
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

    /// <summary>A country's nearest and farthest other, by column, and the questions that it has in common with the nearest.</summary>
    sealed record Line(int? Nearest, int? Farthest, int[] WithNearest, double UniformWithNearest);
}
