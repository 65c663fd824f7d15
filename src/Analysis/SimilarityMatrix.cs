using LocalOpinions.Scoring.Simd;
using LocalOpinions.Store.Chunks;

namespace LocalOpinions.Analysis;

/// <summary>A similarity in bits for each question and country, 0 to 1; NaN where one of the two has no answer.</summary>
public sealed class SimilarityMatrix
{
    readonly double[] _values;

    /// <summary>Makes a matrix of NaN.</summary>
    public SimilarityMatrix(int questions, int columns)
    {
        (Questions, Columns) = (questions, columns);
        _values = new double[checked(questions * columns)];
        Array.Fill(_values, double.NaN);
    }

    /// <summary>Number of questions.</summary>
    public int Questions { get; }

    /// <summary>Number of countries.</summary>
    public int Columns { get; }

    /// <summary>All values, question by question.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The similarity of a question and a country, both by their place.</summary>
    public double this[int question, int column]
    {
        get => _values[question * Columns + column];
        set => _values[question * Columns + column] = value;
    }

    /// <summary>Makes all of a question NaN.</summary>
    public void Clear(int question) => _values.AsSpan(question * Columns, Columns).Fill(double.NaN);

    /// <summary>For each question, whether it has a similarity to any country.</summary>
    public bool[] Answered()
    {
        var answered = new bool[Questions];
        for (var i = 0; i < _values.Length; i++)
            answered[i / Columns] |= !double.IsNaN(_values[i]);
        return answered;
    }

    /// <summary>For each country, the number of questions that it has here.</summary>
    public int[] Counts()
    {
        var counts = new int[Columns];
        for (var question = 0; question < Questions; question++)
        {
            var values = _values.AsSpan(question * Columns, Columns);
            for (var column = 0; column < counts.Length; column++)
                counts[column] += double.IsNaN(values[column]) ? 0 : 1;
        }
        return counts;
    }

    /// <summary>Question by question, the mean over some countries; NaN where none of them has a similarity.</summary>
    /// <param name="columns">For each country, whether it counts.</param>
    public double[] MeanOver(ReadOnlySpan<bool> columns)
    {
        var means = new double[Questions];
        for (var question = 0; question < means.Length; question++)
        {
            double sum = 0, count = 0;
            for (var column = 0; column < columns.Length; column++)
            {
                var value = this[question, column];
                if (columns[column] && !double.IsNaN(value))
                    (sum, count) = (sum + value, count + 1);
            }
            means[question] = sum / count;
        }
        return means;
    }

    /// <summary>Fills in stored divergences: columns source_row, country_id and js_bits.</summary>
    /// <param name="stored">The divergences.</param>
    /// <param name="questions">The place of each source row.</param>
    /// <param name="columns">The place of each country number.</param>
    internal void Fill(Result stored, IReadOnlyDictionary<int, int> questions, IReadOnlyDictionary<int, int> columns)
    {
        while (stored.NextChunk())
        {
            var rows = stored.Column<int>(0);
            var countries = stored.Column<int>(1);
            var divergences = stored.Column<double>(2);
            for (var i = 0; i < rows.Length; i++)
                this[questions[rows[i]], columns[countries[i]]] = Similarity.Bits(Math.Max(0, divergences[i]));
        }
    }
}
