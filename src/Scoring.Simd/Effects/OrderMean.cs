namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>A question's distribution over its options: the mean over the orders in which they were put.</summary>
/// <remarks>
/// The one rule for this mean: whoever needs it, takes it from here. The arithmetic is that of the view answers_long, to the last bit: sums
/// of whole numbers (2^60 = 1) of values scaled by the option's largest. So the order of the orders does not matter, and the value of a
/// single one comes back as it is.
/// </remarks>
public sealed class OrderMean
{
    const double One = 1L << 60;

    readonly List<(int[] Options, double[] Probs)> _orders = [];
    double[] _mean = [];

    /// <summary>Begins another question.</summary>
    public void Clear() => _orders.Clear();

    /// <summary>Takes the answer in one order.</summary>
    /// <param name="options">The option at each position; each once.</param>
    /// <param name="probs">Its probability, by position; 0 or more.</param>
    public void Add(ReadOnlySpan<int> options, ReadOnlySpan<double> probs) => _orders.Add((options.ToArray(), probs.ToArray()));

    /// <summary>The mean of what was added, by option; at least one order must have been. Valid until the next call.</summary>
    public ReadOnlySpan<double> Mean()
    {
        var count = _orders[0].Options.Length;
        if (_mean.Length < count)
            _mean = new double[count];
        for (var option = 0; option < count; option++)
            _mean[option] = Mean(option);
        return _mean.AsSpan(0, count);
    }

    double Mean(int option)
    {
        var largest = 0.0;
        foreach (var (options, probs) in _orders)
            largest = Math.Max(largest, probs[Array.IndexOf(options, option)]);
        Int128 sum = 0;
        foreach (var (options, probs) in _orders)
        {
            var prob = probs[Array.IndexOf(options, option)];
            sum += (long)Math.Round(One * (prob == largest ? 1 : prob / largest));
        }

        return largest * ((double)sum / (_orders.Count * One));
    }
}
