using LocalOpinions.Scoring.Simd.Resampling;

namespace LocalOpinions.Analysis.Scores;

/// <summary>Columns of numbers by question, with the questions that any of them has; what the bootstrap takes.</summary>
sealed class Panel
{
    readonly double[] _values;
    readonly int[] _families;

    /// <param name="columns">Number of columns.</param>
    /// <param name="families">The family of each question of the survey.</param>
    /// <param name="value">The number of a question in a column; NaN where there is none.</param>
    public Panel(int columns, int[] families, Func<int, int, double> value)
    {
        Columns = columns;
        var values = new List<double>(columns * 64);
        var kept = new List<int>();
        var row = new double[columns];
        for (var question = 0; question < families.Length; question++)
        {
            var any = false;
            for (var column = 0; column < columns; column++)
                any |= !double.IsNaN(row[column] = value(question, column));
            if (!any)
                continue;
            values.AddRange(row);
            kept.Add(families[question]);
        }

        (_values, _families) = ([.. values], [.. kept]);
    }

    public int Columns { get; }

    public Bootstrap Resample(ScoreOptions options) =>
        Bootstrap.Run(_values, Columns, _families, options.Resamples, options.Seed, options.Threads);

    /// <summary>Numbers of a column, their mean (NaN where there are none), and how many families they come from.</summary>
    public (int Count, double Mean, int Families) Describe(int column)
    {
        var (count, sum) = (0, 0.0);
        var families = new HashSet<int>();
        for (var row = 0; row < _families.Length; row++)
        {
            var value = _values[row * Columns + column];
            if (double.IsNaN(value))
                continue;
            count++;
            sum += value;
            families.Add(_families[row]);
        }

        return (count, sum / count, families.Count);
    }
}
