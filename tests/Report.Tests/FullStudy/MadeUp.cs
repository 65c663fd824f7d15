namespace LocalOpinions.Report.Tests.FullStudy;

/// <summary>Opinions as points in a small space: people and models choose the options that lie in their direction.</summary>
static class MadeUp
{
    public const int Dimensions = 4;

    public static double[] Point(Random random, double spread) => [.. Enumerable.Range(0, Dimensions).Select(_ => spread * Normal(random))];

    public static double[] Between(double[] from, double[] to, double share) => [.. from.Zip(to, (a, b) => a + share * (b - a))];

    public static double[] Choose(double[] point, double[][] options, double sharpness)
    {
        var weights = options.Select(option => Math.Exp(sharpness * option.Zip(point, (a, b) => a * b).Sum() + option[0])).ToArray();
        var total = weights.Sum();
        return [.. weights.Select(weight => weight / total)];
    }

    /// <summary>Jensen-Shannon divergence in bits, by its definition.</summary>
    public static double Divergence(double[] p, double[] q)
    {
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            var m = (p[i] + q[i]) / 2;
            sum += (p[i] > 0 ? p[i] * Math.Log2(p[i] / m) : 0) + (q[i] > 0 ? q[i] * Math.Log2(q[i] / m) : 0);
        }
        return Math.Max(0, sum / 2);
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
