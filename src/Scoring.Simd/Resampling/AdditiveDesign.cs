using System.Numerics.Tensors;

namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>
/// Which column (country) has a value for which question, and what follows from that for the least-squares fit
/// value(question, column) = effect of the question + effect of the column: means of columns as if all had the same questions.
/// </summary>
/// <remarks>
/// <para>
/// A column's plain mean depends on which questions it has: easy ones lift it. The two-way additive fit takes that out (Searle, "Linear
/// Models for Unbalanced Data", 1987, chapter 4). Effects of questions are eliminated, which leaves one system of the size of the
/// columns; it depends on the pattern alone, so that one design serves every panel with these gaps.
/// </para>
/// <para>
/// Columns can be compared where questions connect them, directly or over others. Those outside the largest connected group have no
/// adjusted mean.
/// </para>
/// </remarks>
public sealed class AdditiveDesign
{
    // Pairs that have a value, question by question: where each question's begin, and the column of each. Most are gaps in a survey.
    readonly int[] _starts, _pairs, _perColumn;
    readonly double[] _inverse;

    AdditiveDesign(bool[] present, int columns)
    {
        (Columns, Questions) = (columns, present.Length / columns);
        Comparable = Connected(present);
        (_starts, _perColumn) = (new int[Questions + 1], new int[columns]);
        List<int> pairs = [];
        for (var question = 0; question < Questions; question++)
        {
            for (var column = 0; column < columns; column++)
            {
                if (!present[question * columns + column] || !Comparable[column])
                    continue;
                pairs.Add(column);
                _perColumn[column]++;
            }

            _starts[question + 1] = pairs.Count;
        }

        _pairs = [.. pairs];
        _inverse = Inverse();
    }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The number of questions.</summary>
    public int Questions { get; }

    /// <summary>Values of the columns that can be compared.</summary>
    public int Pairs => _pairs.Length;

    /// <summary>For each column, whether it can be compared with the others.</summary>
    public IReadOnlyList<bool> Comparable { get; }

    /// <summary>Prepares a fit.</summary>
    /// <param name="values">Question by question, a value for each column; NaN where there is none.</param>
    /// <param name="columns">The number of columns, 1 or more.</param>
    /// <exception cref="ArgumentException">The values do not fill whole questions.</exception>
    public static AdditiveDesign Of(ReadOnlySpan<double> values, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length % columns != 0)
            throw new ArgumentException($"{values.Length} values do not fill questions of {columns} columns.");
        var present = new bool[values.Length];
        for (var i = 0; i < present.Length; i++)
            present[i] = !double.IsNaN(values[i]);
        return new(present, columns);
    }

    /// <summary>Fits values that are absent where the design's are.</summary>
    /// <param name="values">Question by question, a value for each column.</param>
    /// <exception cref="ArgumentException">There is another number of values, or one is missing.</exception>
    public AdditiveFit Fit(ReadOnlySpan<double> values)
    {
        if (values.Length != Questions * Columns)
            throw new ArgumentException($"There are {values.Length} values; the design has {Questions * Columns} places.");
        double[] right = new double[Columns], effects = new double[Columns], kept = new double[Pairs];
        var total = 0.0;
        for (var question = 0; question < Questions; question++)
        {
            var columns = ColumnsOf(question);
            var own = kept.AsSpan(_starts[question], columns.Length);
            var mean = 0.0;
            for (var i = 0; i < columns.Length; i++)
            {
                var value = values[question * Columns + columns[i]];
                if (!double.IsFinite(value))
                    throw new ArgumentException($"Question {question} has no value in column {columns[i]}, where the design has one.");
                own[i] = value;
                mean += value / columns.Length;
            }

            for (var i = 0; i < columns.Length; i++)
                right[columns[i]] += own[i] - mean;
            total += mean * columns.Length;
        }

        for (var column = 0; column < Columns; column++)
            effects[column] = Solve(right, column);
        var centre = Centre(effects);
        for (var column = 0; column < Columns; column++)
            effects[column] = Comparable[column] ? effects[column] - centre + total / Pairs : double.NaN;
        return new(this, effects, kept);
    }

    /// <summary>The columns that have a value for a question and can be compared.</summary>
    internal ReadOnlySpan<int> ColumnsOf(int question) => _pairs.AsSpan(_starts[question].._starts[question + 1]);

    /// <summary>A question's own part of what a fit keeps: a value for each of <see cref="ColumnsOf"/>.</summary>
    internal ReadOnlySpan<double> Own(double[] kept, int question) => kept.AsSpan(_starts[question].._starts[question + 1]);

    /// <summary>One element of the solution for a right side.</summary>
    internal double Solve(ReadOnlySpan<double> right, int column) =>
        TensorPrimitives.Dot(_inverse.AsSpan(column * Columns, Columns), right);

    /// <summary>The mean of effects over all pairs.</summary>
    internal double Centre(ReadOnlySpan<double> effects)
    {
        var sum = 0.0;
        for (var column = 0; column < effects.Length; column++)
            sum += _perColumn[column] * effects[column];
        return sum / Pairs;
    }

    /// <summary>The largest group of columns that questions connect; the first of several.</summary>
    bool[] Connected(bool[] present)
    {
        var group = Enumerable.Range(0, Columns).ToArray();
        var seen = new bool[Columns];
        for (var question = 0; question < Questions; question++)
        {
            var first = -1;
            for (var column = 0; column < Columns; column++)
            {
                if (!present[question * Columns + column])
                    continue;
                seen[column] = true;
                if (first < 0)
                    first = Root(column);
                else
                    group[Root(column)] = first;
            }
        }

        var largest = Enumerable.Range(0, Columns).Where(c => seen[c]).GroupBy(Root).MaxBy(g => g.Count())?.Key;
        return [.. Enumerable.Range(0, Columns).Select(c => seen[c] && Root(c) == largest)];

        int Root(int column)
        {
            while (group[column] != column)
                column = group[column] = group[group[column]];
            return column;
        }
    }

    /// <summary>
    /// The inverse of the columns' system, the questions' effects eliminated, with the first comparable column's effect held at 0: rows and
    /// columns of it and of what cannot be compared are 0.
    /// </summary>
    double[] Inverse()
    {
        var free = Enumerable.Range(0, Columns).Where(c => Comparable[c]).Skip(1).ToArray();
        var place = new int[Columns];
        for (var i = 0; i < free.Length; i++)
            place[free[i]] = i + 1;
        var system = new double[free.Length, free.Length];
        for (var i = 0; i < free.Length; i++)
            system[i, i] = _perColumn[free[i]];
        for (var question = 0; question < Questions; question++)
        {
            var columns = ColumnsOf(question);
            foreach (var one in columns)
                foreach (var other in columns)
                {
                    if (place[one] > 0 && place[other] > 0)
                        system[place[one] - 1, place[other] - 1] -= 1.0 / columns.Length;
                }
        }

        var inverse = new double[Columns * Columns];
        var solved = Cholesky.Inverse(system);
        for (var i = 0; i < free.Length; i++)
            for (var j = 0; j < free.Length; j++)
                inverse[free[i] * Columns + free[j]] = solved[i, j];
        return inverse;
    }
}
