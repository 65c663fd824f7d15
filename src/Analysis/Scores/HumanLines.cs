using LocalOpinions.Scoring.Simd;
using LocalOpinions.Store.Bulk;

namespace LocalOpinions.Analysis.Scores;

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
        (_sums, _counts, _others) = (new double[countries * countries], new int[countries * countries],
            new (double, double, int)[countries]);
        var asked = Enumerable.Range(0, countries).Select(_ => new List<int>()).ToArray();
        _ = survey.Worlds;
        HumanAnswers[] all = [.. survey.Humans.Values.Where(h => answered[h.Index])];
        var compared = new Compared[all.Length];
        // Each question by itself, then summed in their order: the same to the last bit on any number of threads.
        Parallel.For(0, all.Length, i => compared[i] = Compare(all[i]));
        foreach (var (humans, similarities) in all.Zip(compared))
        {
            Add(humans, similarities);
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
            table.Write(runId).Write(_survey.Countries[column].Id).Write(others.Count).WriteOrNull(others.World / others.Count)
                .WriteOrNull(others.Average / others.Count);
            Write(table, column, line.Nearest);
            table.WriteOrNull(Mean(similarities, line.WithNearest, column)).WriteOrNull(line.UniformWithNearest);
            Write(table, column, line.Farthest);
            table.EndRow();
        }
    }

    Line Draw(int column, List<int>[] asked)
    {
        var candidates = Enumerable.Range(0, asked.Length)
            .Where(other => _survey.IsOther(column, other) && Common(column, other) >= _thinBelow).ToList();
        if (candidates.Count == 0)
            return new(null, null, [], double.NaN);
        var nearest = candidates.MaxBy(other => Mean(column, other));
        var common = asked[column].Intersect(asked[nearest]).ToArray();
        return new(nearest, candidates.MinBy(other => Mean(column, other)), common, Mean(_survey.Uniform, common, column));
    }

    void Write(TableAppender table, int column, int? other) =>
        table.Write(other is { } id ? _survey.Countries[id].Id : null).Write(other is { } c ? (int?)Common(column, c) : null)
            .WriteOrNull(other is { } o ? Mean(column, o) : double.NaN);

    int Common(int column, int other) => _counts[column * _survey.Countries.Count + other];

    double Mean(int column, int other) => _sums[column * _survey.Countries.Count + other] / Common(column, other);

    static double Mean(SimilarityMatrix similarities, int[] questions, int column)
    {
        var sum = 0.0;
        foreach (var question in questions)
            sum += similarities[question, column];
        return sum / questions.Length;
    }

    Compared Compare(HumanAnswers humans)
    {
        var columns = humans.Columns;
        var similarities = new double[JensenShannon.PairCount(columns.Length)];
        JensenShannon.Pairwise(humans.Block!, similarities);
        for (var i = 0; i < similarities.Length; i++)
            similarities[i] = Similarity.Bits(similarities[i]);
        return new(similarities, _survey.Worlds[humans.Index]!.Mean);
    }

    void Add(HumanAnswers humans, Compared compared)
    {
        var columns = humans.Columns;
        var countries = _survey.Countries.Count;
        for (var i = 0; i < columns.Length; i++)
        {
            var (sum, count) = (0.0, 0);
            for (var j = 0; j < columns.Length; j++)
            {
                if (!_survey.IsOther(columns[i], columns[j]))
                    continue;
                var similarity = compared.Pairs[JensenShannon.PairIndex(columns.Length, Math.Min(i, j), Math.Max(i, j))];
                _sums[columns[i] * countries + columns[j]] += similarity;
                _counts[columns[i] * countries + columns[j]]++;
                sum += similarity;
                count++;
            }

            if (count == 0)
                continue;
            ref var others = ref _others[columns[i]];
            others = (others.World + compared.WithWorld[i], others.Average + sum / count, others.Count + 1);
        }
    }

    /// <summary>
    /// The people of one question with each other: pair by pair, and each with the mean of the others; NaN where there is no other.
    /// </summary>
    readonly record struct Compared(double[] Pairs, double[] WithWorld);

    /// <summary>A country's nearest and farthest other, by column, and the questions that it has in common with the nearest.</summary>
    sealed record Line(int? Nearest, int? Farthest, int[] WithNearest, double UniformWithNearest);
}
