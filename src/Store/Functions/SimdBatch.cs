using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Store.Functions;

/// <summary>The rows of one chunk, sorted into blocks by their number of options. Reused by its thread from chunk to chunk.</summary>
sealed class SimdBatch
{
    const string NoDistribution = "A distribution is a list of finite weights of 0 or more, one per option.";

    [ThreadStatic]
    static SimdBatch? s_ofThread;

    readonly Group?[] _groups = new Group?[DistributionBlock.MostOptions + 1];
    double[] _results = [];

    public static SimdBatch OfThread => s_ofThread ??= new();

    /// <summary>Fills <paramref name="output"/>, with NaN for NULL.</summary>
    /// <exception cref="ArgumentException">A list is no distribution, or two are not over the same options.</exception>
    public void Compute(SimdMeasure measure, ListColumnReader p, ListColumnReader q, Span<double> output)
    {
        foreach (var group in _groups)
            group?.Clear();
        for (var row = 0; row < output.Length; row++)
        {
            output[row] = double.NaN;
            if (!p.IsNull(row) && !q.IsNull(row) && p[row].Length != q[row].Length)
                throw new ArgumentException(
                    "Two distributions to compare are over the same options: the lists must be of the same length.");
            if (!IsPresent(p, row) || !IsPresent(q, row))
                continue;
            var options = p[row].Length;
            if (DistributionBlock.CanHold(options))
                GroupOf(options, output.Length).Add(row, p[row], q[row]);
            else
                output[row] = measure.Pair(Shares(p[row]), Shares(q[row]));
        }

        foreach (var group in _groups)
        {
            if (group is { Rows.Count: > 0 })
                Scatter(measure, group, output);
        }
    }

    void Scatter(SimdMeasure measure, Group group, Span<double> output)
    {
        if (_results.Length < output.Length)
            _results = new double[output.Length];
        measure.Blocks(group.P, group.Q, _results);
        for (var i = 0; i < group.Rows.Count; i++)
            output[group.Rows[i]] = _results[i];
    }

    Group GroupOf(int options, int capacity)
    {
        if (_groups[options] is not { } group || group.P.Capacity < capacity)
            _groups[options] = group = new(options, capacity);
        return group;
    }

    /// <summary>False for missing data: NULL, nothing, or zeros only.</summary>
    static bool IsPresent(ListColumnReader lists, int row)
    {
        if (lists.IsNull(row))
            return false;
        if (lists.HasNullElement(row))
            throw new ArgumentException(NoDistribution);
        var sum = 0.0;
        foreach (var weight in lists[row])
        {
            if (!(weight >= 0))
                throw new ArgumentException(NoDistribution);
            sum += weight;
        }

        return double.IsFinite(sum) ? sum > 0 : throw new ArgumentException(NoDistribution);
    }

    static double[] Shares(ReadOnlySpan<double> weights)
    {
        var shares = weights.ToArray();
        var sum = shares.Sum();
        return Array.ConvertAll(shares, w => w / sum);
    }

    sealed class Group(int options, int capacity)
    {
        public DistributionBlock P { get; } = DistributionBlock.Create(options, capacity);

        public DistributionBlock Q { get; } = DistributionBlock.Create(options, capacity);

        public List<int> Rows { get; } = [];

        public void Add(int row, ReadOnlySpan<double> p, ReadOnlySpan<double> q)
        {
            P.Add(p);
            Q.Add(q);
            Rows.Add(row);
        }

        public void Clear()
        {
            P.Reset();
            Q.Reset();
            Rows.Clear();
        }
    }
}
