using LocalOpinions.Scoring.Simd.Measures;

namespace LocalOpinions.Scoring.Simd;

// The measures of Measures for one pair, with the same meaning, parameters and errors; nothing is rounded to float.
public static partial class ScalarOracle
{
    /// <summary>½ Σ |p − q|: 0 to 1.</summary>
    /// <param name="p">Weights, finite and not negative, with a positive sum.</param>
    /// <param name="q">As many weights.</param>
    public static double TotalVariation(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var (sumP, sumQ) = Sums(p, q);
        var total = 0.0;
        for (var k = 0; k < p.Length; k++)
            total += Math.Abs(p[k] / sumP - q[k] / sumQ);
        return total / 2;
    }

    /// <summary>√(½ Σ (√p − √q)²): 0 to 1.</summary>
    /// <param name="p">Weights, finite and not negative, with a positive sum.</param>
    /// <param name="q">As many weights.</param>
    public static double Hellinger(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var (sumP, sumQ) = Sums(p, q);
        var total = 0.0;
        for (var k = 0; k < p.Length; k++)
        {
            var difference = Math.Sqrt(p[k] / sumP) - Math.Sqrt(q[k] / sumQ);
            total += difference * difference;
        }
        return Math.Sqrt(total / 2);
    }

    /// <summary>Σ |F(i) − G(i)| of the cumulative shares, for ordered options one step apart: 0 to K − 1.</summary>
    /// <param name="p">Weights, finite and not negative, with a positive sum.</param>
    /// <param name="q">As many weights.</param>
    public static double Wasserstein(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var (sumP, sumQ) = Sums(p, q);
        double gap = 0, total = 0;
        for (var k = 0; k < p.Length - 1; k++)
        {
            gap += p[k] / sumP - q[k] / sumQ;
            total += Math.Abs(gap);
        }
        return total;
    }

    /// <summary>Σ |F(i) − G(i)|·(x(i + 1) − x(i)) / (x(K) − x(1)) for options at places x of a scale: 0 to 1.</summary>
    /// <param name="p">Weights, finite and not negative, with a positive sum.</param>
    /// <param name="q">As many weights.</param>
    /// <param name="places">As many places, rising.</param>
    public static double Wasserstein(ReadOnlySpan<double> p, ReadOnlySpan<double> q, ReadOnlySpan<double> places)
    {
        var (sumP, sumQ) = Sums(p, q);
        double gap = 0, total = 0;
        for (var k = 0; k < p.Length - 1; k++)
        {
            gap += p[k] / sumP - q[k] / sumQ;
            total += Math.Abs(gap) * (places[k + 1] - places[k]);
        }
        return total / (places[^1] - places[0]);
    }

    /// <summary>Kendall's τ-b of the options' ranks: −1 to 1, NaN where all shares of a distribution are equal.</summary>
    /// <param name="p">Weights, finite and not negative, with a positive sum.</param>
    /// <param name="q">As many weights.</param>
    public static double KendallTau(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        _ = Sums(p, q);
        int agreement = 0, untiedP = 0, untiedQ = 0;
        for (var i = 0; i < p.Length; i++)
            for (var j = i + 1; j < p.Length; j++)
            {
                int a = p[i].CompareTo(p[j]), b = q[i].CompareTo(q[j]);
                agreement += a * b;
                untiedP += a * a;
                untiedQ += b * b;
            }
        return agreement / Math.Sqrt((double)untiedP * untiedQ);
    }

    /// <summary>(1 + τ-b) / 2 of the options' ranks, ½ where all shares of a distribution are equal: 0 to 1.</summary>
    /// <param name="p">Weights, finite and not negative, with a positive sum.</param>
    /// <param name="q">As many weights.</param>
    public static double RankOrder(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var tau = KendallTau(p, q);
        return double.IsNaN(tau) ? 0.5 : (1 + tau) / 2;
    }

    /// <summary>The probability that both pick the same of their top options, ties broken at random: 0 to 1.</summary>
    /// <param name="p">Weights, finite and not negative, with a positive sum.</param>
    /// <param name="q">As many weights.</param>
    public static double TopAgreement(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        _ = Sums(p, q);
        double topP = 0, topQ = 0;
        for (var k = 0; k < p.Length; k++)
            (topP, topQ) = (Math.Max(topP, p[k]), Math.Max(topQ, q[k]));
        int countP = 0, countQ = 0, both = 0;
        for (var k = 0; k < p.Length; k++)
        {
            countP += p[k] == topP ? 1 : 0;
            countQ += q[k] == topQ ? 1 : 0;
            both += p[k] == topP && q[k] == topQ ? 1 : 0;
        }
        return (double)both / (countP * countQ);
    }

    /// <summary>Σ p·log2(p / q) in bits, with shares raised to the floor and normalised again.</summary>
    /// <param name="p">Weights, finite and not negative, with a positive sum.</param>
    /// <param name="q">As many weights.</param>
    /// <param name="floor">The smallest share, above 0, at most 1 / K.</param>
    public static double KullbackLeibler(ReadOnlySpan<double> p, ReadOnlySpan<double> q, double floor)
    {
        var (sumP, sumQ) = Sums(p, q);
        BlockMeasures.Checked(floor, p.Length);
        double raisedP = 0, raisedQ = 0;
        for (var k = 0; k < p.Length; k++)
        {
            raisedP += Math.Max(p[k] / sumP, floor);
            raisedQ += Math.Max(q[k] / sumQ, floor);
        }
        var divergence = 0.0;
        for (var k = 0; k < p.Length; k++)
        {
            double a = Math.Max(p[k] / sumP, floor) / raisedP, b = Math.Max(q[k] / sumQ, floor) / raisedQ;
            divergence += a * Math.Log2(a / b);
        }
        return divergence;
    }

    /// <summary>−Σ q·ln q / ln K: 0 to 1.</summary>
    /// <param name="q">Weights, finite and not negative, with a positive sum.</param>
    public static double NormalisedEntropy(ReadOnlySpan<double> q)
    {
        double sum = Sum(q), entropy = 0;
        foreach (var weight in q)
            entropy -= weight > 0 ? weight / sum * Math.Log(weight / sum) : 0;
        return entropy / Math.Log(q.Length);
    }
}
