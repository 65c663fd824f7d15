using LocalOpinions.Analysis.Sampling;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Effects;

namespace LocalOpinions.Analysis.Tests;

/// <summary>What the size of a sample does to a similarity, against samples that are drawn.</summary>
public class SamplingErrorTests
{
    const int Draws = 400;

    [Theory]
    [InlineData(1000, 0.5, 0.5)]
    [InlineData(1000, 0.25, 0.25, 0.25, 0.25)]
    [InlineData(2000, 0.5, 0.3, 0.2)]
    [InlineData(400, 0.7, 0.3, 0.0)]
    [InlineData(1000, 0.4, 0.3, 0.2, 0.06, 0.03, 0.01)]
    public void Sampling_costs_what_drawn_samples_lose(int respondents, params double[] shares)
    {
        var numbers = new SeededNumbers(respondents);
        double perfect = 0, second = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var (one, other) = (Draw(shares, respondents, numbers), Draw(shares, respondents, numbers));
            perfect += (Distance(one, shares) + Distance(other, shares)) / 2 / Draws;
            second += Distance(one, other) / Draws;
        }

        Assert.Equal(perfect, SamplingLoss.OfPerfect(shares, respondents), 0.0015);
        Assert.Equal(second, SamplingLoss.OfSecondSample(shares, respondents), 0.0025);
    }

    [Fact]
    public void Where_all_choose_one_option_nothing_is_lost_and_nobody_loses_more_than_all()
    {
        Assert.Equal((0, 0), (SamplingLoss.OfPerfect([0, 1, 0], 50), SamplingLoss.OfSecondSample([0, 1, 0], 50)));
        Assert.Equal(1, SamplingLoss.OfPerfect([.. Enumerable.Repeat(0.01, 100)], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => SamplingLoss.OfPerfect([0.5, 0.5], 0));
        // The mean of chi with one and with three degrees of freedom.
        Assert.Equal(Math.Sqrt(2 / Math.PI) / Math.Sqrt(8000 * Math.Log(2)), SamplingLoss.OfPerfect([0.5, 0.5], 1000), 1e-15);
        Assert.Equal(2 * Math.Sqrt(2 / Math.PI) / Math.Sqrt(8000 * Math.Log(2)), SamplingLoss.OfPerfect([1, 1, 1, 1], 1000), 1e-15);
    }

    static double Distance(double[] one, double[] other) => Math.Sqrt(Math.Max(0, ScalarOracle.DivergenceBits(one, other)));

    static double[] Draw(double[] shares, int respondents, SeededNumbers numbers)
    {
        var drawn = new double[shares.Length];
        for (var person = 0; person < respondents; person++)
        {
            var place = numbers.Share();
            var option = 0;
            for (; option < shares.Length - 1 && place >= shares[option]; option++)
                place -= shares[option];
            drawn[option]++;
        }

        return drawn;
    }
}
