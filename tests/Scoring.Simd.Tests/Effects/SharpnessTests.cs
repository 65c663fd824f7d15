using LocalOpinions.Scoring.Simd.Effects;

namespace LocalOpinions.Scoring.Simd.Tests.Effects;

public sealed class SharpnessTests
{
    static readonly double[][] s_answers = [[0.7, 0.2, 0.1], [0.5, 0.5], [0.9, 0.05, 0.03, 0.02], [1, 0]];

    [Fact]
    public void A_power_is_what_a_temperature_makes_of_an_answer()
    {
        // By hand: squares 0.49, 0.04, 0.01 of 0.54.
        Assert.Equal([0.49 / 0.54, 0.04 / 0.54, 0.01 / 0.54], Sharpness.Temper([0.7, 0.2, 0.1], 2), (e, a) => Math.Abs(e - a) < 1e-12);
        Assert.Equal([1.0, 0], Sharpness.Temper([1, 0], 0.5));
        Assert.Equal([0.5, 0.5], Sharpness.Temper([1e-300, 1e-300], 3));
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(1.4)]
    public void The_sharpness_that_a_temperature_took_away_is_given_back(double temperature)
    {
        double[][] changed = [.. s_answers.Select(a => Sharpness.Temper(a, 1 / temperature))];
        Assert.NotEqual(Sharpness.MeanEntropy(s_answers), Sharpness.MeanEntropy(changed), 1e-2);
        Assert.Equal(temperature, Sharpness.ExponentFor(changed, Sharpness.MeanEntropy(s_answers)), 1e-9);
    }

    [Fact]
    public void The_mean_entropy_is_over_the_questions_options()
    {
        Assert.Equal(1, Sharpness.MeanEntropy([[0.5, 0.5], [0.25, 0.25, 0.25, 0.25]]), 1e-12);
        Assert.Equal(0.5, Sharpness.MeanEntropy([[0.5, 0.5], [1, 0]]), 1e-12);
        // A question may have more options than any block holds.
        Assert.Equal(1, Sharpness.MeanEntropy([[0.5, 0.5], [.. Enumerable.Repeat(1 / 128.0, 128)]]), 1e-12);
        // Certain answers have no other entropy: the exponent stays in its range.
        Assert.InRange(Sharpness.ExponentFor([[1, 0]], 0.5), 1 / 65.0, 65);
    }
}
