namespace LocalOpinions.Analysis.Scores;

/// <summary>A similarity in bits for each question and country; NaN where one of the two has no answer.</summary>
sealed class SimilarityMatrix
{
    readonly double[] _values;

    public SimilarityMatrix(int questions, int columns)
    {
        (Questions, Columns) = (questions, columns);
        _values = new double[checked(questions * columns)];
        Array.Fill(_values, double.NaN);
    }

    public int Questions { get; }

    public int Columns { get; }

    public double this[int question, int column]
    {
        get => _values[question * Columns + column];
        set => _values[question * Columns + column] = value;
    }

    public void Clear(int question) => _values.AsSpan(question * Columns, Columns).Fill(double.NaN);

    /// <summary>Number of questions that the country has here.</summary>
    public int Count(int column)
    {
        var count = 0;
        for (var question = 0; question < Questions; question++)
            count += double.IsNaN(this[question, column]) ? 0 : 1;
        return count;
    }
}
