using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Scoring.Simd.Resampling;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Analysis.Panels;

/// <summary>
/// Numbers question by question, several columns of them, and one bootstrap over all (<see cref="Bootstrap"/>), so that the columns'
/// replicates are paired.
/// </summary>
/// <param name="data">The survey's questions and their families.</param>
public sealed class QuestionColumns(StudyData data)
{
    readonly List<(double[] Values, double Noise)> _columns = [];
    Bootstrap? _bootstrap;

    /// <summary>Adds a column.</summary>
    /// <param name="values">One value per question, by its place in <see cref="StudyData.Rows"/>; NaN where there is none.</param>
    /// <param name="noise">How far the arithmetic alone moves a value of the column: a mean no larger than this is no difference.</param>
    /// <returns>The column's number.</returns>
    public int Add(double[] values, double noise = StudyData.KernelNoise)
    {
        _columns.Add((values, noise));
        _bootstrap = null;
        return _columns.Count - 1;
    }

    /// <summary>
    /// A finding about the mean of a column: with its 95 % percentile interval and two-sided p-value for 0, and without Holm's correction,
    /// which is for the caller. NaN over no question for a column without values; a verdict only where the mean is within the noise of
    /// the arithmetic.
    /// </summary>
    /// <param name="column">From <see cref="Add"/>.</param>
    /// <param name="modelId">As the finding's.</param>
    /// <param name="topic">As the finding's.</param>
    /// <param name="part">As the finding's.</param>
    /// <param name="subject">As the finding's.</param>
    /// <param name="measure">As the finding's.</param>
    public FindingRow Finding(int column, int modelId, string topic, string part, string? subject, string measure)
    {
        var (values, noise) = _columns[column];
        var n = values.Count(v => !double.IsNaN(v));
        var families = data.Families.Where((_, question) => !double.IsNaN(values[question])).Distinct().Count();
        if (n == 0)
            return new(modelId, topic, part, subject, measure, 0, double.NaN) { Families = 0 };
        var interval = Run().Percentile(column);
        return new(modelId, topic, part, subject, measure, n, interval.Estimate)
        {
            Families = families,
            Low = interval.Low,
            High = interval.High,
            P = Run().PValue(column),
            Verdict = Math.Abs(interval.Estimate) <= noise ? Verdict.NoDifference : null,
        };
    }

    /// <summary>The standard error of a column's mean: the standard deviation of its replicates.</summary>
    public double StandardError(int column) => TemplateSpread.Of([.. Run().Replicates(column).ToArray().Where(r => !double.IsNaN(r))])
        .StandardDeviation;

    Bootstrap Run()
    {
        if (_bootstrap is not null)
            return _bootstrap;
        var values = new double[_columns.Count * data.Families.Length];
        for (var question = 0; question < data.Families.Length; question++)
        {
            for (var column = 0; column < _columns.Count; column++)
                values[question * _columns.Count + column] = _columns[column].Values[question];
        }
        return _bootstrap = Bootstrap.Run(values, _columns.Count, data.Families, data.Resamples, (ulong)data.Seed);
    }
}
