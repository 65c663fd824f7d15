using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Benchmarks;

/// <summary>The same seeded distributions for every benchmark: uniform over all distributions of so many options.</summary>
static class Data
{
    public static void Weights(Random random, Span<double> weights)
    {
        foreach (ref var weight in weights)
            weight = -Math.Log(1 - random.NextDouble());
    }

    /// <summary>A row, and as many rows as asked for, one after the other.</summary>
    public static (double[] P, double[] Rows) Create(int options, int count)
    {
        var random = new Random(1);
        var p = new double[options];
        Weights(random, p);
        var rows = new double[options * count];
        Weights(random, rows);
        return (p, rows);
    }

    public static DistributionBlock Block(int options, ReadOnlySpan<double> rows)
    {
        var block = DistributionBlock.Create(options, rows.Length / options);
        for (var i = 0; i < block.Capacity; i++)
            block.Add(rows.Slice(i * options, options));
        return block;
    }
}
