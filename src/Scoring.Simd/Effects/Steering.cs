namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>
/// What naming a country does to a model's similarities, question by question, so that <see cref="Resampling.Bootstrap"/> can take each
/// number as a column.
/// </summary>
/// <remarks>
/// Tables are question by question: one similarity for each country, NaN where the country lacks the question or the model has no answer.
/// Several columns may belong to the named country (a country with two labels); where a question has more than one of them, their mean
/// counts.
/// </remarks>
public static class Steering
{
    /// <summary>
    /// By how much a named country's similarity changes from the default to the prompt that names it, beside the same change for others
    /// (steerability: Santurkar et al., "Whose Opinions Do Language Models Reflect?", arXiv 2303.17548).
    /// </summary>
    /// <remarks>
    /// With <see cref="MeanOf"/> the tables of prompts that name other countries as the standard, the excess is the wrong-country
    /// difference as an interaction: [S(c | c) − S(c | c')] − [S(k | c) − S(k | c')]. It is 0 for a model that only hears that some country
    /// is named, and for one whose answers one name moves nearer to everybody than another. S(c | c) − S(c | c') alone (after arXiv
    /// 2502.07068) is not. Each c' is left out of its own table: what a name does to its own people is no yardstick.
    /// </remarks>
    /// <param name="named">Similarities of the answers to prompts that name the country: questions × countries.</param>
    /// <param name="standard">Similarities of the answers to the prompts that it is held against, of the same shape.</param>
    /// <param name="isNamed">For each country, whether it is the one that is named.</param>
    /// <param name="isOther">For each country, whether it is one of the others that count.</param>
    /// <param name="own">Receives the change for the named country, one value per question; NaN where it has none.</param>
    /// <param name="others">Receives the mean change over the others, on questions of the named country; NaN where there is none.</param>
    /// <param name="excess">Receives own − others: above 0 where naming the country moves the model to it more than to others.</param>
    /// <exception cref="ArgumentException">The shapes disagree.</exception>
    public static void Change(
        ReadOnlySpan<double> named, ReadOnlySpan<double> standard, ReadOnlySpan<bool> isNamed, ReadOnlySpan<bool> isOther,
        Span<double> own, Span<double> others, Span<double> excess)
    {
        var countries = isNamed.Length;
        if (named.Length != standard.Length || named.Length != (long)own.Length * countries || others.Length != own.Length
            || excess.Length != own.Length || isOther.Length != countries)
            throw new ArgumentException(
                $"{named.Length} and {standard.Length} similarities for {countries} and {isOther.Length} countries do not fit "
                    + $"{own.Length}, {others.Length} and {excess.Length} questions.");
        for (var question = 0; question < own.Length; question++)
        {
            Average toOwn = default, toOthers = default;
            for (var country = 0; country < countries; country++)
            {
                var change = named[question * countries + country] - standard[question * countries + country];
                if (isNamed[country])
                    toOwn.Add(change);
                else if (isOther[country])
                    toOthers.Add(change);
            }
            own[question] = toOwn.Value;
            others[question] = double.IsNaN(toOwn.Value) ? double.NaN : toOthers.Value;
            excess[question] = own[question] - others[question];
        }
    }

    /// <summary>Place by place, the mean of several tables over those that have a value there; NaN where none has.</summary>
    /// <param name="tables">One or more, of one shape.</param>
    /// <exception cref="ArgumentException">There is none, or the shapes disagree.</exception>
    public static double[] MeanOf(IReadOnlyList<double[]> tables)
    {
        if (tables.Count == 0 || tables.Any(t => t.Length != tables[0].Length))
            throw new ArgumentException($"{tables.Count} tables of one shape are needed.", nameof(tables));
        var mean = new double[tables[0].Length];
        for (var i = 0; i < mean.Length; i++)
        {
            Average here = default;
            foreach (var table in tables)
                here.Add(table[i]);
            mean[i] = here.Value;
        }

        return mean;
    }

    struct Average
    {
        double _sum;
        int _count;

        public readonly double Value => _sum / _count; // NaN for none

        public void Add(double value)
        {
            if (double.IsNaN(value))
                return;
            _sum += value;
            _count++;
        }
    }
}
