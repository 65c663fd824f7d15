namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>
/// A bootstrap over questions, clustered by item family: the mean of every column (a country, a model, a difference of two) over the
/// questions that it has, and how that mean varies when the families are drawn again with replacement.
/// </summary>
/// <remarks>
/// <para>
/// Questions of one family vary together, so whole families are drawn (Miller, "Adding Error Bars to Evals",
/// arXiv 2411.00640). Every column sees the same draws: the replicates of two columns are paired. A difference over common
/// questions is a column of its own, a − b with NaN where either is absent (<see cref="Percentile"/> of it is the
/// paired interval).
/// </para>
/// <para>
/// All replicates are one product of two matrices: how often each family was drawn, times each family's sums and counts.
/// The draws depend on the seed and the number of the replicate alone, so results are the same for any number of threads.
/// </para>
/// </remarks>
public sealed class Bootstrap
{
    readonly FamilySums _sums;
    readonly double[] _replicates;
    Sorted? _last;

    Bootstrap(FamilySums sums, int resamples, double[] replicates)
    {
        _sums = sums;
        Resamples = resamples;
        _replicates = replicates;
    }

    /// <summary>The number of columns.</summary>
    public int Columns => _sums.Columns;

    /// <summary>The number of different families.</summary>
    public int Families => _sums.Families;

    /// <summary>The number of replicates.</summary>
    public int Resamples { get; }

    /// <summary>Draws and computes all replicates.</summary>
    /// <param name="values">A value for each question and column, question by question: columns × questions in all. NaN where a column
    /// lacks the question.</param>
    /// <param name="columns">The number of columns, 1 or more.</param>
    /// <param name="families">The family of each question: equal numbers are one family.</param>
    /// <param name="resamples">The number of replicates, 1 or more; 10,000 is usual.</param>
    /// <param name="seed">The same seed gives the same replicates.</param>
    /// <param name="threads">The most threads that work at the same time; all processors if absent.</param>
    /// <exception cref="ArgumentException">The shapes disagree, there is no question, or a value is infinite.</exception>
    public static Bootstrap Run(
        ReadOnlySpan<double> values, int columns, ReadOnlySpan<int> families, int resamples, ulong seed, int? threads = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        var sums = FamilySums.Of(values, columns, families);
        return new Bootstrap(sums, resamples, Replication.Run(sums, resamples, seed, threads));
    }

    /// <summary>The column's mean over all of its questions; NaN if it has none.</summary>
    /// <param name="column">0 to <see cref="Columns"/> − 1.</param>
    public double Estimate(int column) => _sums.Mean(column);

    /// <summary>The column's mean in each replicate; NaN where none of its families was drawn.</summary>
    /// <param name="column">0 to <see cref="Columns"/> − 1.</param>
    public ReadOnlySpan<double> Replicates(int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Columns);
        return _replicates.AsSpan(column * Resamples, Resamples);
    }

    /// <summary>The percentile interval: what lies between two quantiles of the replicates.</summary>
    /// <param name="column">0 to <see cref="Columns"/> − 1.</param>
    /// <param name="level">The share of replicates inside, above 0, below 1.</param>
    public Interval Percentile(int column, double level = 0.95)
    {
        var tail = Tail(level);
        if (_last?.Column == column)
            return Between(column, _last.Replicates, tail, 1 - tail);
        // Two of them need no sorting.
        var replicates = Finite(Replicates(column));
        return IsDetermined(column) && replicates.Length > 0
            ? new(Estimate(column), Quantile.Select(replicates, tail), Quantile.Select(replicates, 1 - tail), replicates.Length)
            : new(Estimate(column), double.NaN, double.NaN, replicates.Length);
    }

    /// <summary>
    /// The bias-corrected and accelerated interval (Efron, "Better bootstrap confidence intervals", JASA 82(397), 1987), with the
    /// acceleration from a jackknife over families.
    /// </summary>
    /// <param name="column">0 to <see cref="Columns"/> − 1.</param>
    /// <param name="level">The nominal coverage, above 0, below 1.</param>
    public Interval Bca(int column, double level = 0.95)
    {
        var tail = Tail(level);
        var sorted = SortedReplicates(column);
        if (sorted.Length == 0)
            return Between(column, sorted, tail, 1 - tail);
        var bias = Normal.Quantile(ShareBelow(sorted, Estimate(column)));
        var acceleration = _sums.Acceleration(column);
        return Between(column, sorted, Adjusted(tail), Adjusted(1 - tail));

        double Adjusted(double probability)
        {
            var z = bias + Normal.Quantile(probability);
            return Normal.Cdf(bias + z / (1 - acceleration * z));
        }
    }

    /// <summary>
    /// For every column, its place among all of them (1 for the largest mean) and the percentile interval of that place, rounded outwards
    /// to whole places. A column without an estimate has none.
    /// </summary>
    /// <param name="level">The share of replicates inside, above 0, below 1.</param>
    /// <param name="threads">The most threads that work at the same time; all processors if absent.</param>
    public Interval[] Ranks(double level = 0.95, int? threads = null)
    {
        var tail = Tail(level);
        var estimates = new double[Columns];
        for (var column = 0; column < Columns; column++)
            estimates[column] = Estimate(column);
        var places = new int[Columns];
        Ranking.Places(estimates, places);
        var counts = Ranking.CountPlaces(_replicates, Columns, Resamples, threads);

        var intervals = new Interval[Columns];
        for (var column = 0; column < Columns; column++)
        {
            var drawn = new PlaceCounts(counts, column, Columns);
            var place = places[column] == 0 ? double.NaN : places[column];
            intervals[column] = IsDetermined(column) && drawn.Total > 0
                ? new(place, Math.Floor(Quantile.Of(drawn.Total, drawn.At, tail)),
                    Math.Ceiling(Quantile.Of(drawn.Total, drawn.At, 1 - tail)), drawn.Total)
                : new(place, double.NaN, double.NaN, drawn.Total);
        }
        return intervals;
    }

    /// <summary>
    /// For some columns, each one's place among them (1 for the largest mean) and an interval that holds its true place with the level's
    /// probability, ties and near ties included: from simultaneous intervals of its differences from all others (Mogstad, Romano, Shaikh
    /// and Wilhelm, "Inference for Ranks", Rev. Econ. Stud. 91(1), 2024). Wider than <see cref="Ranks"/>, which says where replicates
    /// fall. A column without an estimate has none.
    /// </summary>
    /// <param name="columns">Their numbers, in the order of the result.</param>
    /// <param name="level">The probability, above 0, below 1.</param>
    /// <param name="threads">The most threads that work at the same time; all processors if absent.</param>
    public Interval[] RanksByDifference(IReadOnlyList<int> columns, double level = 0.95, int? threads = null)
    {
        _ = Tail(level);
        var replicates = new double[columns.Count * Resamples];
        for (var i = 0; i < columns.Count; i++)
            Replicates(columns[i]).CopyTo(replicates.AsSpan(i * Resamples));
        return DifferenceRanks.Of([.. columns.Select(Estimate)], replicates, Resamples, level, threads);
    }

    /// <summary>
    /// The two-sided p-value for a column mean of 0, such as a difference: twice the smaller share of replicates on either side of 0,
    /// counting one more on each (Davison and Hinkley, "Bootstrap Methods and their Application", 1997), but no less than that of the
    /// cluster-robust t-test with a degree of freedom for each family but one. Where no replicate is on the other side that share only says
    /// that there were too few of them, and the t-test's p-value stands. Correct several with <see cref="Holm"/>. NaN for a column
    /// with fewer than two families.
    /// </summary>
    /// <remarks>Alone, the first is too small by some percent of itself in the tails that Holm's correction looks at
    /// (docs/scoring.md).</remarks>
    /// <param name="column">0 to <see cref="Columns"/> − 1.</param>
    public double PValue(int column)
    {
        int atMost = 1, atLeast = 1, count = 1;
        foreach (var replicate in Replicates(column))
        {
            if (double.IsNaN(replicate))
                continue;
            atMost += replicate <= 0 ? 1 : 0;
            atLeast += replicate >= 0 ? 1 : 0;
            count++;
        }
        if (!IsDetermined(column))
            return double.NaN;
        var share = Math.Min(1, 2.0 * Math.Min(atMost, atLeast) / count);
        var error = _sums.StandardError(column);
        if (!(error > 0))
            return Estimate(column) == 0 ? 1 : share;
        var t = StudentT.TwoSided(Estimate(column) / error, _sums.FamiliesOf(column) - 1);
        return Math.Min(atMost, atLeast) == 1 ? t : Math.Max(share, t);
    }

    // One family drawn alone always gives its own mean: an interval from it would claim a certainty that is not there.
    bool IsDetermined(int column) => _sums.FamiliesOf(column) >= 2;

    Interval Between(int column, double[] sorted, double low, double high) => IsDetermined(column) && sorted.Length > 0
        ? new(Estimate(column), Quantile.OfSorted(sorted, low), Quantile.OfSorted(sorted, high), sorted.Length)
        : new(Estimate(column), double.NaN, double.NaN, sorted.Length);

    // Several intervals of one column are asked for one after the other.
    double[] SortedReplicates(int column)
    {
        if (_last is not { } last || last.Column != column)
        {
            _last = last = new(column, Finite(Replicates(column)));
            Array.Sort(last.Replicates);
        }
        return last.Replicates;
    }

    static double Tail(double level) => level is > 0 and < 1
        ? (1 - level) / 2
        : throw new ArgumentOutOfRangeException(nameof(level), level, "A level is above 0 and below 1.");

    static double[] Finite(ReadOnlySpan<double> replicates) => Array.FindAll(replicates.ToArray(), replicate => !double.IsNaN(replicate));

    // Half of the replicates that equal the estimate count as below it; rounding must not decide on which side they fall.
    static double ShareBelow(double[] sorted, double estimate)
    {
        var tolerance = 1e-12 * Math.Max(1, Math.Abs(estimate));
        var below = 0.0;
        foreach (var replicate in sorted)
            below += replicate < estimate - tolerance ? 1 : replicate <= estimate + tolerance ? 0.5 : 0;
        return Math.Clamp(below, 0.5, sorted.Length - 0.5) / sorted.Length;
    }

    sealed record Sorted(int Column, double[] Replicates);
}
