using LocalOpinions.Analysis.References;
using LocalOpinions.Analysis.Sampling;

namespace LocalOpinions.Analysis.Tests;

/// <summary>What the size of a sample does to a similarity.</summary>
public class SamplingErrorTests
{
    // For shares far from 0, 8 n ln 2 times the divergence in bits is chi-squared with an option less than there are, as n grows; of two
    // samples it is half as many times that.
    [Theory]
    [InlineData(1000, 0.5, 0.5)]
    [InlineData(1000, 0.25, 0.25, 0.25, 0.25)]
    [InlineData(2000, 0.5, 0.3, 0.2)]
    public void Sampling_costs_what_theory_says(int respondents, params double[] shares)
    {
        var all = Enumerable.Range(0, 400).Select(seed => Yardsticks.Sample(shares, respondents, new SeededNumbers(seed))).ToList();
        // The mean of chi with d degrees of freedom.
        var chi = shares.Length switch { 2 => Math.Sqrt(2 / Math.PI), 3 => Math.Sqrt(Math.PI / 2), _ => 2 * Math.Sqrt(2 / Math.PI) };
        var perfect = 1 - chi / Math.Sqrt(8 * respondents * Math.Log(2));
        Assert.Equal(perfect, all.Average(a => a.Perfect), 0.0006);
        Assert.Equal(1 - Math.Sqrt(2) * (1 - perfect), all.Average(a => a.Second), 0.0009);
    }

    [Fact]
    public void An_option_that_nobody_chose_is_never_drawn()
    {
        var (second, perfect) = Yardsticks.Sample([0, 1, 0], 50, new SeededNumbers(1));
        Assert.Equal((1, 1), (second, perfect));
    }
}
