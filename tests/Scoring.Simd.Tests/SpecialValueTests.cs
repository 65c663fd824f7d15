namespace LocalOpinions.Scoring.Simd.Tests;

public class SpecialValueTests
{
    public static TheoryData<int> EveryNumberOfOptions => OneToManyTests.EveryNumberOfOptions;

    [Theory]
    [MemberData(nameof(EveryNumberOfOptions))]
    public void Identical_rows_are_exactly_0_apart(int options)
    {
        var random = new Random(options);
        for (var i = 0; i < 400; i++)
        {
            var p = Cases.Weights(random, options);
            Assert.Equal(0, Cases.Exact(p, p));
            Assert.Equal(0, Cases.Exact(p, [.. p.Select(w => w * 64)]));
        }
    }

    [Theory]
    [MemberData(nameof(EveryNumberOfOptions))]
    public void Different_options_chosen_with_certainty_are_exactly_1_apart(int options)
    {
        for (var i = 0; i < options; i++)
            for (var j = 0; j < options; j++)
                Assert.Equal(i == j ? 0 : 1, Cases.Exact(OneHot(i, options), OneHot(j, options)));

        static double[] OneHot(int hot, int options) => [.. Enumerable.Range(0, options).Select(k => k == hot ? 1.0 : 0)];
    }

    [Fact]
    public void Disjoint_supports_with_exact_shares_are_exactly_1_apart()
    {
        Assert.Equal(1, Cases.Exact([1, 1, 0, 0], [0, 0, 3, 1]));
        Assert.Equal(1, Cases.Exact([0, 5, 0, 0, 0], [1, 0, 1, 4, 2]));
    }

    [Fact]
    public void Disjoint_supports_whose_shares_round_are_1_apart_to_1e_7()
    {
        // Thirds are no floats: the stored row sums to 1 + 3e-8, and the divergence is half the sum of both rows.
        Assert.Equal(1, Cases.Exact([1, 1, 1, 0], [0, 0, 0, 1]), 1e-7);
        Assert.Equal(1, Cases.Exact([3, 0, 1, 7], [0, 1, 0, 0]), 1e-7);
    }

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(1e-310)]
    [InlineData(1e-200)]
    [InlineData(1e-44)]
    [InlineData(-0.0)]
    public void A_vanishing_share_is_as_good_as_none(double tiny)
    {
        Assert.Equal(Cases.Exact([0.5, 0.5, 0], [1, 0, 0]), Cases.Exact([0.5, 0.5, tiny], [1, 0, tiny]), 1e-15);
        Assert.Equal(0, Cases.Exact([1, tiny], [1, tiny]));
    }

    [Fact]
    public void Weights_may_all_be_subnormal_or_huge()
    {
        const double e = double.Epsilon;
        Assert.Equal(Cases.Exact([3, 1], [1, 1]), Cases.Exact([3 * e, e], [e, e]));
        Assert.Equal(Cases.Exact([3, 1], [1, 1]), Cases.Exact([3e307, 1e307], [1e307, 1e307]));
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(-1e-9, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(0, 0)]
    [InlineData(double.MaxValue, double.MaxValue)]
    public void What_is_no_distribution_is_refused_and_not_stored(double first, double second)
    {
        var block = Cases.Block(2, [[1, 1], [1, 1]]);
        block.Reset();
        Assert.Throws<ArgumentException>(() => block.Add([first, second]));
        Assert.Equal(0, block.Count);
        Assert.Throws<ArgumentException>(() => JensenShannon.OneToMany([first, second], block, new double[0]));
        Assert.Throws<ArgumentException>(() => ScalarOracle.DivergenceBits([first, second], [1, 1]));
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        var block = Cases.Block(3, [1, 1, 1]);
        Assert.Throws<InvalidOperationException>(() => block.Add([1, 1, 1]));
        Assert.Throws<ArgumentException>(() => JensenShannon.OneToMany([1, 1], block, new double[1]));
        Assert.Throws<ArgumentException>(() => JensenShannon.OneToMany([1, 1, 1], block, new double[0]));
        Assert.Throws<ArgumentException>(() => ScalarOracle.DivergenceBits([1, 1], [1, 1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DistributionBlock.Create(1, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => DistributionBlock.Create(101, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => DistributionBlock.Create(2, -1));
    }
}
