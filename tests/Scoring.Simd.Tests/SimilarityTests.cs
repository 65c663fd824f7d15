namespace LocalOpinions.Scoring.Simd.Tests;

public class SimilarityTests
{
    // By hand, the undecided against the certain: JSD = H(¾, ¼) − ½·H(½, ½) = (2 − ¾·log2 3) − ½ = 0.311278124459.
    [Fact]
    public void A_pair_computed_by_hand_has_these_three_similarities()
    {
        foreach (var js in new[] { Cases.Exact([0.5, 0.5], [1, 0]), ScalarOracle.DivergenceBits([0.5, 0.5], [1, 0]) })
        {
            Assert.Equal(1.5 - 0.75 * Math.Log2(3), js, 1e-15);
            Assert.Equal(0.442077, Similarity.Bits(js), 1e-6);
            Assert.Equal(0.535498, Similarity.Nats(js), 1e-6);
            Assert.Equal(0.688722, Similarity.Divergence(js), 1e-6);
        }
    }

    // With all respondents on one of K options: JSD = 1 − ½·((K+1)/K·log2(K+1) − log2 K).
    [Theory]
    [InlineData(2, 0.311278)]
    [InlineData(4, 0.548795)]
    [InlineData(8, 0.716917)]
    [InlineData(16, 0.828535)]
    public void The_uniform_answerer_is_this_far_from_a_unanimous_country(int options, double divergence)
    {
        var uniform = Enumerable.Repeat(1.0, options).ToArray();
        var unanimous = new double[options];
        unanimous[^1] = 1;
        var js = Cases.Exact(uniform, unanimous);
        var closed = 1 - ((options + 1.0) / options * Math.Log2(options + 1) - Math.Log2(options)) / 2;
        Assert.Equal(closed, js, 1e-14);
        Assert.Equal(divergence, js, 1e-6);
    }

    // The conventions' numbers for the published uniform answerer, 0.664 / 0.597, differ by this factor alone.
    [Fact]
    public void Bits_and_nats_differ_by_the_root_of_ln_2()
    {
        var distance = 1 - 0.597;
        Assert.Equal(0.664, Similarity.Nats(distance * distance), 1e-3);
        Assert.Equal(0.597, Similarity.Bits(distance * distance), 1e-12);
    }

    [Fact]
    public void The_ends_of_the_scales_are_as_documented()
    {
        Assert.Equal((1.0, 1.0, 1.0), (Similarity.Bits(0), Similarity.Nats(0), Similarity.Divergence(0)));
        Assert.Equal((0.0, 0.0), (Similarity.Bits(1), Similarity.Divergence(1)));
        Assert.Equal(1 - Math.Sqrt(Math.Log(2)), Similarity.Nats(1), 1e-15);
        Assert.True(double.IsNaN(Similarity.Bits(double.NaN)));
    }
}
