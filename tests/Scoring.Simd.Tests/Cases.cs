using LocalOpinions.Scoring.Simd.Kernels;

namespace LocalOpinions.Scoring.Simd.Tests;

/// <summary>Seeded distributions as surveys and models give them, and a divergence that never cancels.</summary>
static class Cases
{
    /// <summary>All up to 26, for which float is right to 1e-6.</summary>
    public static IReadOnlyList<int> FewOptions { get; } = [.. Enumerable.Range(DistributionBlock.FewestOptions, 25)];

    /// <summary>Some beyond, for which it is right to 2e-6.</summary>
    public static IReadOnlyList<int> ManyOptions { get; } = [27, 64, DistributionBlock.MostOptions];

    public static IReadOnlyList<int> NumbersOfOptions { get; } = [.. FewOptions, .. ManyOptions];

    /// <summary>Weights of which some are 0 and some tiny; at least one is positive.</summary>
    public static double[] Weights(Random random, int options)
    {
        var weights = new double[options];
        for (var k = 0; k < options; k++)
            weights[k] = random.Next(6) switch
            {
                0 => 0,
                1 => Math.Pow(10, -40 * random.NextDouble()),
                2 => Math.Pow(10, -8 * random.NextDouble()),
                _ => random.NextDouble(),
            };
        weights[random.Next(options)] += 0.01 + random.NextDouble();
        return weights;
    }

    /// <summary>The same weights, each changed by a random factor that differs from 1 by at most the given amount.</summary>
    public static double[] Near(Random random, double[] weights, double relative) =>
        [.. weights.Select(w => w * (1 + relative * (2 * random.NextDouble() - 1)))];

    /// <summary>A neighbour of the weights at one of many distances, or weights of its own.</summary>
    public static double[] Partner(Random random, double[] weights) => random.Next(3) == 0
        ? Weights(random, weights.Length)
        : Near(random, weights, Math.Pow(10, -12 * random.NextDouble()));

    public static double[] Normalised(double[] weights)
    {
        var sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }

    public static double[] Stored(double[] weights)
    {
        var shares = new float[weights.Length];
        NormalisedRow.Normalise(weights, shares);
        return [.. shares.Select(share => (double)share)];
    }

    public static DistributionBlock Block(int options, params IReadOnlyList<double[]> rows)
    {
        var block = DistributionBlock.Create(options, rows.Count);
        foreach (var row in rows)
            block.Add(row);
        return block;
    }

    public static double[] OneToMany(double[] p, DistributionBlock block)
    {
        var divergences = new double[block.Count];
        JensenShannon.OneToMany(p, block, divergences);
        return divergences;
    }

    public static float[] OneToMany(Kernel kernel, double[] p, DistributionBlock block)
    {
        var divergences = new float[block.Count];
        JensenShannon.OneToMany<float, Kernels.InFloat>(kernel, p, block, divergences);
        return divergences;
    }

    public static float InFloat(Kernel kernel, double[] p, double[] q) => OneToMany(kernel, p, Block(q.Length, q))[0];

    /// <summary>What the kernel gives before near-identical pairs are computed again.</summary>
    public static float Unrefined(Kernel kernel, double[] p, double[] q)
    {
        var divergence = new float[1];
        kernel.Divergences(Pairing.Matched, Block(p.Length, p).Rows, Block(q.Length, q).Rows, divergence);
        return divergence[0];
    }

    public static double Exact(double[] p, double[] q) => OneToMany(p, Block(q.Length, q))[0];

    /// <summary>
    /// ½ Σ m·f(d) / ln 2 with m = (p + q)/2, d = (p − q)/(p + q), f(d) = (1+d)ln(1+d) + (1−d)ln(1−d): every term is positive, and near 0 f
    /// is its series Σ d²ⁿ/(n(2n−1)). So its relative error is tiny where the entropy form's is not.
    /// </summary>
    public static double CancellationFreeBits(double[] p, double[] q)
    {
        var sum = 0.0;
        for (var k = 0; k < p.Length; k++)
        {
            double s = p[k] + q[k];
            if (s > 0)
                sum += s / 2 * F(Math.Abs(p[k] - q[k]) / s);
        }
        return sum / 2 / Math.Log(2);
    }

    static double F(double d)
    {
        if (d > 0.5)
            return (1 + d) * Math.Log(1 + d) + (d < 1 ? (1 - d) * Math.Log(1 - d) : 0);
        double sum = 0, power = 1;
        for (var n = 1; n <= 30; n++)
        {
            power *= d * d;
            sum += power / (n * (2 * n - 1));
        }
        return sum;
    }
}
