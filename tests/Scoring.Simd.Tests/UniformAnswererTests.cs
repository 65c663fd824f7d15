namespace LocalOpinions.Scoring.Simd.Tests;

public sealed class UniformAnswererTests
{
    [Fact]
    public void It_is_at_the_divergence_that_can_be_worked_out_by_hand()
    {
        // Against certainty: m = (3/4, 1/4); 1/2 [log2(4/3)] + 1/2 [1/2 log2(2/3) + 1/2 log2 2].
        var certain = (0.5 * Math.Log2(4 / 3.0)) + (0.25 * Math.Log2(2 / 3.0)) + 0.25;
        var divergences = UniformAnswerer.DivergencesBits(2, [[0.5, 0.5], [1, 0], [0, 1]]);
        Assert.Equal([0, certain, certain], divergences.Select(d => Math.Round(d, 7)), (e, a) => Math.Abs(e - a) < 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(101)]
    public void A_question_that_is_never_asked_has_divergences_too(int options)
    {
        double[] first = [1, .. new double[options - 1]];
        Assert.Equal(ScalarOracle.DivergenceBits([.. Enumerable.Repeat(1.0 / options, options)], first),
            Assert.Single(UniformAnswerer.DivergencesBits(options, [first])));
    }
}
