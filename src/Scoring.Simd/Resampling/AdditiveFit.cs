namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>Means of columns as if all had the same questions, and how they depend on each family of questions.</summary>
public sealed class AdditiveFit
{
    readonly AdditiveDesign _design;
    readonly double[] _means, _values;

    internal AdditiveFit(AdditiveDesign design, double[] means, double[] values) =>
        (_design, _means, _values) = (design, means, values);

    /// <summary>
    /// The adjusted mean of each column: its effect plus the mean effect of the questions over all pairs. Where every column has every
    /// question it is the plain mean. NaN for a column that cannot be compared.
    /// </summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>
    /// For each family, one value per column whose mean is the column's adjusted mean, and whose mean over families that are drawn again is
    /// the adjusted mean that a fit to these families would have, to first order: adjusted mean + G × influence of the family, of G
    /// families. So <see cref="Bootstrap.Run"/> over them is the score bootstrap of the fit (Kline and Santos, "A Score Based Approach to
    /// Wild Bootstrap Inference", J. Econometric Methods 1(1), 2012), at the cost of a bootstrap of means.
    /// </summary>
    /// <remarks>
    /// A column with questions of one family alone has its mean there, NaN elsewhere, and so neither interval nor p-value
    /// (<see cref="Bootstrap"/>): what the fit leaves of a column sums to 0, so that only the other columns' questions would vary it.
    /// </remarks>
    /// <param name="families">The family of each question: equal numbers are one family.</param>
    /// <returns>Families × columns, by first appearance of the family; only families with a pair that can be compared. NaN in the columns
    /// that cannot be.</returns>
    /// <exception cref="ArgumentException">There is another number of families than of questions.</exception>
    public double[] FamilyValues(ReadOnlySpan<int> families)
    {
        if (families.Length != _design.Questions)
            throw new ArgumentException($"There are {families.Length} families for {_design.Questions} questions.");
        var columns = _design.Columns;
        Dictionary<int, int> places = [];
        List<double[]> scores = [];
        List<double> levels = [];
        // The place of a column's only family; −1 for no family yet, −2 for several.
        var only = new int[columns];
        Array.Fill(only, -1);
        for (var question = 0; question < families.Length; question++)
        {
            var asked = _design.ColumnsOf(question);
            if (asked.IsEmpty)
                continue;
            if (places.TryAdd(families[question], scores.Count))
            {
                scores.Add(new double[columns]);
                levels.Add(0);
            }

            var place = places[families[question]];
            var own = _design.Own(_values, question);
            var effect = Effect(asked, own);
            levels[place] += asked.Length * effect / _design.Pairs;
            for (var i = 0; i < asked.Length; i++)
            {
                scores[place][asked[i]] += own[i] - _means[asked[i]] - effect;
                only[asked[i]] = only[asked[i]] == -1 || only[asked[i]] == place ? place : -2;
            }
        }

        var values = new double[scores.Count * columns];
        for (var family = 0; family < scores.Count; family++)
        {
            var influence = values.AsSpan(family * columns, columns);
            for (var column = 0; column < columns; column++)
                influence[column] = _design.Solve(scores[family], column);
            var shift = levels[family] - _design.Centre(influence);
            for (var column = 0; column < columns; column++)
                influence[column] = only[column] < 0 ? _means[column] + scores.Count * (influence[column] + shift)
                    : only[column] == family ? _means[column] : double.NaN;
        }

        return values;

        // What is left of a question's values when the columns' adjusted means are taken out; 0 on the mean over pairs.
        double Effect(ReadOnlySpan<int> asked, ReadOnlySpan<double> own)
        {
            var sum = 0.0;
            for (var i = 0; i < asked.Length; i++)
                sum += own[i] - _means[asked[i]];
            return sum / asked.Length;
        }
    }
}
