using LocalOpinions.Scoring.Simd.Measures;

namespace LocalOpinions.Scoring.Simd.Tests;

public class MeasureTests
{
    const double Floor = 1e-6;

    delegate void ToBlock(double[] p, DistributionBlock q, double[] results);
    delegate void BlockToBlock(DistributionBlock p, DistributionBlock q, double[] results);

    static readonly Dictionary<string, (ToBlock One, BlockToBlock Each, Func<double[], double[], double> Oracle,
        double Tolerance)> s_measures = new()
        {
            ["total variation"] = ((p, q, r) => BlockMeasures.TotalVariation(p, q, r), (p, q, r) => BlockMeasures.TotalVariation(p, q, r),
                (p, q) =>
                ScalarOracle.TotalVariation(p, q), 1e-6),
            ["Hellinger"] = ((p, q, r) => BlockMeasures.Hellinger(p, q, r), (p, q, r) => BlockMeasures.Hellinger(p, q, r), (p, q) =>
                ScalarOracle.Hellinger(p, q), 1e-6),
            ["Wasserstein"] = ((p, q, r) => BlockMeasures.Wasserstein(p, q, r), (p, q, r) => BlockMeasures.Wasserstein(p, q, r), (p, q) =>
                ScalarOracle.Wasserstein(p, q), 5e-6),
            ["Kendall"] = ((p, q, r) => BlockMeasures.KendallTau(p, q, r), (p, q, r) => BlockMeasures.KendallTau(p, q, r), (p, q) =>
                ScalarOracle.KendallTau(p, q), 1e-12),
            ["rank order"] = ((p, q, r) => BlockMeasures.RankOrder(p, q, r), (p, q, r) => BlockMeasures.RankOrder(p, q, r), (p, q) =>
                ScalarOracle.RankOrder(p, q), 1e-12),
            ["top"] = ((p, q, r) => BlockMeasures.TopAgreement(p, q, r), (p, q, r) => BlockMeasures.TopAgreement(p, q, r), (p, q) =>
                ScalarOracle.TopAgreement(p, q), 1e-12),
            ["Kullback-Leibler"] = ((p, q, r) => BlockMeasures.KullbackLeibler(p, q, 0.01, r), (p, q, r) =>
                BlockMeasures.KullbackLeibler(p, q, 0.01, r),
            (p, q) => ScalarOracle.KullbackLeibler(p, q, 0.01), 1e-5),
        };

    public static TheoryData<string> Names => [.. s_measures.Keys];

    // Shares that floats hold exactly, so that ties are the same in float and in double.
    static double[] Eighths(Random random, int options)
    {
        var counts = new double[options];
        for (var i = 0; i < 64; i++)
            counts[random.Next(3) == 0 ? random.Next(options) : random.Next(Math.Min(3, options))]++;
        return counts;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_count_and_number_of_options_gives_the_oracles_values_in_both_forms(string name)
    {
        var (one, each, oracle, tolerance) = s_measures[name];
        foreach (var options in Cases.NumbersOfOptions)
        {
            var random = new Random(options);
            var p = Eighths(random, options);
            var rows = Enumerable.Range(0, 150).Select(_ => Eighths(random, options)).ToArray();
            var expected = rows.Select(q => oracle(p, q)).ToArray();
            var whole = new double[rows.Length];
            one(p, Cases.Block(options, rows), whole);
            for (var i = 0; i < rows.Length; i++)
                Assert.Equal(expected[i], whole[i], tolerance);

            var matched = new double[rows.Length];
            each(Cases.Block(options, [.. rows.Select(_ => p)]), Cases.Block(options, rows), matched);
            Assert.Equal(whole, matched);

            foreach (var count in new[] { 0, 1, 31, 32, 33, 64, 65, 129 })
            {
                var few = new double[count];
                one(p, Cases.Block(options, rows[..count]), few);
                Assert.Equal(whole[..count], few);
            }
        }
    }

    [Theory]
    [InlineData("total variation", 0, 1)]
    [InlineData("Hellinger", 0, 1)]
    [InlineData("Wasserstein", 0, 3)]
    [InlineData("Kendall", 1, -1.0 / 3)]
    [InlineData("top", 1, 0)]
    public void Identity_and_opposite_certainties_have_known_values(string name, double identical, double opposite)
    {
        var (one, _, _, _) = s_measures[name];
        var results = new double[2];
        one([1, 0, 0, 0], Cases.Block(4, [1, 0, 0, 0], [0, 0, 0, 1]), results);
        Assert.Equal(identical, results[0], 1e-15);
        Assert.Equal(opposite, results[1], 1e-15);
    }

    // By hand: ½·(0.3 + 0.1 + 0.2) = 0.3; steps 0.3, 0.2; KL by its definition; tau-b from pairs (c, d, ties).
    [Fact]
    public void Values_worked_out_by_hand_come_out()
    {
        double[] p = [0.5, 0.3, 0.2], q = [0.2, 0.4, 0.4];
        var block = Cases.Block(3, q);
        Assert.Equal(0.3, One((r) => BlockMeasures.TotalVariation(p, block, r)), 1e-7);
        Assert.Equal(0.5, One((r) => BlockMeasures.Wasserstein(p, block, r)), 1e-7);
        var kl = 0.5 * Math.Log2(2.5) + 0.3 * Math.Log2(0.75) + 0.2 * Math.Log2(0.5);
        Assert.Equal(kl, One((r) => BlockMeasures.KullbackLeibler(p, block, Floor, r)), 1e-7);
        Assert.Equal(-2 / Math.Sqrt(3 * 2), One((r) => BlockMeasures.KendallTau(p, block, r)), 1e-15);
        Assert.Equal(0, One((r) => BlockMeasures.TopAgreement(p, block, r)));
        Assert.Equal(0.5, One((r) => BlockMeasures.TopAgreement([0, 1, 0.5], block, r)));
        var entropy = -(0.2 * Math.Log(0.2) + 0.8 * Math.Log(0.4)) / Math.Log(3);
        Assert.Equal(entropy, One((r) => BlockMeasures.NormalisedEntropy(block, r)), 1e-7);
        Assert.Equal(entropy, ScalarOracle.NormalisedEntropy(q), 1e-14);

        static double One(Action<double[]> measure)
        {
            var result = new double[1];
            measure(result);
            return result[0];
        }
    }

    [Fact]
    public void Along_a_scale_of_uneven_steps_the_distance_goes_by_the_places()
    {
        double[] places = [1, 2, 5, 5.5], p = [0.4, 0.3, 0.2, 0.1], q = [0.1, 0.2, 0.3, 0.4];
        var (one, other) = (DistributionBlock.OnScale(places, 1), DistributionBlock.OnScale(places, 1));
        one.Add(p);
        other.Add(q);
        // 0.3·1 + 0.4·3 + 0.3·0.5 over a length of 4.5.
        Assert.Equal(1.65 / 4.5, ScalarOracle.Wasserstein(p, q, places), 1e-15);
        Assert.Equal(3, one.Steps.ToArray().Sum(), 1e-15);
        var results = new double[1];
        BlockMeasures.Wasserstein(p, other, results);
        Assert.Equal(1.65 / 4.5 * 3, results[0], 1e-6);
        BlockMeasures.Wasserstein(one, other, results);
        Assert.Equal(1.65 / 4.5 * 3, results[0], 1e-6);
        Assert.Throws<ArgumentException>(() => BlockMeasures.Wasserstein(Cases.Block(4, p), other, results));
        foreach (double[] wrong in (double[][])[[1, 1], [2, 1], [1, double.NaN], [1, double.PositiveInfinity]])
            Assert.Throws<ArgumentException>(() => DistributionBlock.OnScale(wrong, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DistributionBlock.OnScale([1], 1));
    }

    [Fact]
    public void Where_nothing_is_ranked_half_is_agreed()
    {
        var results = new double[1];
        BlockMeasures.RankOrder([1, 1, 1], Cases.Block(3, [1, 2, 3]), results);
        Assert.Equal(0.5, results[0]);
        Assert.Equal(0.5, ScalarOracle.RankOrder([1, 1, 1], [1, 2, 3]));
        BlockMeasures.RankOrder([3, 2, 1], Cases.Block(3, [1, 2, 3]), results);
        Assert.Equal(0, results[0]);
    }

    [Fact]
    public void Where_nothing_is_ranked_tau_is_NaN_and_where_q_lacks_an_option_the_floor_bounds_the_divergence()
    {
        var results = new double[1];
        BlockMeasures.KendallTau([1, 1, 1], Cases.Block(3, [1, 2, 3]), results);
        Assert.True(double.IsNaN(results[0]));
        Assert.True(double.IsNaN(ScalarOracle.KendallTau([1, 1, 1], [1, 2, 3])));
        BlockMeasures.KullbackLeibler([1, 0], Cases.Block(2, [0, 1]), Floor, results);
        Assert.Equal(-Math.Log2(Floor), results[0], 1e-3);
        Assert.Throws<ArgumentOutOfRangeException>(() => BlockMeasures.KullbackLeibler([1, 0], Cases.Block(2, [0, 1]), 0, results));
        Assert.Throws<ArgumentOutOfRangeException>(() => BlockMeasures.KullbackLeibler([1, 0], Cases.Block(2, [0, 1]), 0.51, results));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScalarOracle.KullbackLeibler([1, 0], [0, 1], double.NaN));
    }

    [Fact]
    public void Entropy_is_0_for_certainty_and_1_for_the_uniform_answerer()
    {
        foreach (var options in Cases.NumbersOfOptions)
        {
            var results = new double[2];
            double[] certain = [1, .. new double[options - 1]];
            BlockMeasures.NormalisedEntropy(Cases.Block(options, certain, [.. certain.Select(_ => 1.0)]), results);
            Assert.Equal(0, results[0]);
            Assert.Equal(1, results[1], 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_allocated_and_wrong_input_is_refused(string name)
    {
        var (one, each, oracle, _) = s_measures[name];
        var block = Cases.Block(3, [.. Enumerable.Range(0, 100).Select(i => new double[] { i, 1, 2 })]);
        var results = new double[100];
        double[] p = [1, 2, 3];
        one(p, block, results);
        each(block, block, results);
        var before = GC.GetAllocatedBytesForCurrentThread();
        one(p, block, results);
        each(block, block, results);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        Assert.Throws<ArgumentException>(() => one([1, 2], block, results));
        Assert.Throws<ArgumentException>(() => one([1, 2, double.NaN], block, results));
        Assert.Throws<ArgumentException>(() => one(p, block, new double[99]));
        Assert.Throws<ArgumentException>(() => each(Cases.Block(3, p), block, results));
        Assert.Throws<ArgumentException>(() => oracle([1, 2], [1, 2, 3]));
    }
}
