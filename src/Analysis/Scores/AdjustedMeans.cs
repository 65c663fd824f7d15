using System.Buffers;
using LocalOpinions.Scoring.Simd.Resampling;
using LocalOpinions.Store.Bulk;

namespace LocalOpinions.Analysis.Scores;

/// <summary>
/// Similarities as if every country had been asked every question (<see cref="AdditiveFit"/>), of a run and of the uniform answerer over
/// the same questions and countries, and who is nearest by the difference of the two.
/// </summary>
/// <remarks>
/// Of two countries that were asked different questions the plain means differ by the questions alone, and by how evenly their people
/// answer. The uniform answerer's adjusted mean holds the second, so that the difference shows what the model adds to it. Only national
/// samples take part: a question's effect must not hang on whom else a survey asked.
/// </remarks>
sealed class AdjustedMeans
{
    static readonly Interval s_none = new(double.NaN, double.NaN, double.NaN, 0);

    readonly ScoringSurvey _survey;
    readonly int[] _columns, _counts, _families;
    readonly bool[] _ranked;
    readonly AdditiveDesign? _design;
    readonly double[] _uniform = [], _uniformByFamily = [];

    /// <param name="survey">The survey.</param>
    /// <param name="answered">The questions that count, by index.</param>
    /// <param name="thinBelow">Questions that a country needs to be ranked.</param>
    public AdjustedMeans(ScoringSurvey survey, bool[] answered, int thinBelow)
    {
        _survey = survey;
        _columns = [.. Enumerable.Range(0, survey.Countries.Count).Where(c => survey.Countries[c].IsNational)];
        var uniform = new double[survey.Uniform.Questions * _columns.Length];
        Read(survey.Uniform, uniform);
        for (var question = 0; question < answered.Length; question++)
        {
            if (!answered[question])
                uniform.AsSpan(question * _columns.Length, _columns.Length).Fill(double.NaN);
        }

        var asked = _columns.Select((_, c) => Enumerable.Range(0, answered.Length)
            .Where(q => !double.IsNaN(uniform[q * _columns.Length + c])).ToList()).ToList();
        _counts = [.. asked.Select(a => a.Count)];
        _families = [.. asked.Select(a => a.Select(q => survey.Families[q]).Distinct().Count())];
        _ranked = new bool[_columns.Length];
        if (_counts.Sum() == 0)
            return;
        _design = AdditiveDesign.Of(uniform, _columns.Length);
        _ranked = [.. _counts.Select((n, c) => n >= thinBelow && _design.Comparable[c])];
        var fit = _design.Fit(uniform);
        (_uniform, _uniformByFamily) = (fit.Means.ToArray(), fit.FamilyValues(survey.Families));
    }

    public void Append(TableAppender table, int runId, SimilarityMatrix similarities, ScoreOptions options)
    {
        if (_design is null)
            return;
        var fit = Fit(_design, similarities);
        double[] beyond = [.. _uniform.Select((u, c) => fit.Means[c] - u)];
        int[] compared = [.. Enumerable.Range(0, _columns.Length).Where(c => _design.Comparable[c])];
        int[] ranked = [.. compared.Where(c => _ranked[c])];
        var resampled = options.Resamples > 0 ? new Resampled(this, fit, compared, ranked, options) : null;
        foreach (var (i, column) in compared.Index())
        {
            var place = Array.IndexOf(ranked, column);
            var (mean, difference) = (resampled?.Mean(i) ?? s_none, resampled?.Beyond(i) ?? s_none);
            var tested = place < 0 ? null : resampled;
            table.Write(runId).Write(_survey.Countries[_columns[column]].Id).Write(_counts[column]).Write(_families[column])
                .Write(fit.Means[column]).WriteOrNull(mean.Low).WriteOrNull(mean.High).Write(_uniform[column])
                .Write(beyond[column]).WriteOrNull(difference.Low).WriteOrNull(difference.High)
                .WriteOrNull(tested?.P[place] ?? double.NaN).WriteOrNull(tested?.Holm[place] ?? double.NaN)
                .Write(place < 0 ? null : (int?)(1 + ranked.Count(other => beyond[other] > beyond[column])))
                .Write(Whole(tested?.Ranks[place].Low)).Write(Whole(tested?.Ranks[place].High))
                .Write(options.Resamples).EndRow();
        }
    }

    static int? Whole(double? place) => place is { } number && !double.IsNaN(number) ? (int)number : null;

    // Megabytes for each of many runs: borrowed, not made.
    AdditiveFit Fit(AdditiveDesign design, SimilarityMatrix similarities)
    {
        var length = similarities.Questions * _columns.Length;
        var values = ArrayPool<double>.Shared.Rent(length);
        Read(similarities, values);
        var fit = design.Fit(values.AsSpan(0, length));
        ArrayPool<double>.Shared.Return(values);
        return fit;
    }

    void Read(SimilarityMatrix similarities, Span<double> values)
    {
        for (var question = 0; question < similarities.Questions; question++)
            for (var column = 0; column < _columns.Length; column++)
                values[question * _columns.Length + column] = similarities[question, _columns[column]];
    }

    /// <summary>The bootstrap of a run's adjusted means, and of their differences from the uniform answerer's.</summary>
    sealed class Resampled
    {
        readonly Bootstrap _bootstrap;
        readonly int _compared;

        public Resampled(AdjustedMeans owner, AdditiveFit fit, int[] compared, int[] ranked, ScoreOptions options)
        {
            _compared = compared.Length;
            var byFamily = fit.FamilyValues(owner._survey.Families);
            var all = owner._columns.Length;
            var families = byFamily.Length / all;
            var values = new double[families * 2 * _compared];
            for (var family = 0; family < families; family++)
                foreach (var (i, column) in compared.Index())
                {
                    var value = byFamily[family * all + column];
                    values[family * 2 * _compared + i] = value;
                    values[family * 2 * _compared + _compared + i] = value - owner._uniformByFamily[family * all + column];
                }

            _bootstrap = Bootstrap.Run(values, 2 * _compared, [.. Enumerable.Range(0, families)], options.Resamples, options.Seed,
                options.Threads);
            int[] columns = [.. ranked.Select(c => _compared + Array.IndexOf(compared, c))];
            P = [.. columns.Select(_bootstrap.PValue)];
            Holm = new double[P.Length];
            Scoring.Simd.Resampling.Holm.Adjust(P, Holm);
            Ranks = _bootstrap.RanksByDifference(columns, threads: options.Threads);
        }

        public double[] P { get; }

        public double[] Holm { get; }

        public Interval[] Ranks { get; }

        public Interval Mean(int column) => _bootstrap.Percentile(column);

        public Interval Beyond(int column) => _bootstrap.Percentile(_compared + column);
    }
}
