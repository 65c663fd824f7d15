using LocalOpinions.Scoring.Simd.Effects;

namespace LocalOpinions.Scoring.Simd.Tests.Effects;

public class SteeringTests
{
    const double None = double.NaN;

    [Fact]
    public void Change_is_own_and_others_question_by_question()
    {
        double[] own = new double[4], others = new double[4], excess = new double[4];
        Steering.Change(
            named: [0.9, 0.5, 0.6, 0.7, 0.5, None, None, 0.5, 0.6, 0.8, None, None],
            standard: [0.6, 0.4, 0.6, 0.8, 0.5, None, None, 0.4, 0.2, None, None, None],
            [true, false, false], own, others, excess);
        Equal([0.3, -0.1, None, None], own);
        Equal([0.05, 0, 0.25, None], others);
        Equal([0.25, -0.1, None, None], excess);
    }

    [Fact]
    public void A_country_with_two_labels_is_one_country()
    {
        double[] own = new double[2], others = new double[2], excess = new double[2];
        Steering.Change([0.5, 0.7, 0.1, None, 0.7, 0.1], [0.4, 0.4, 0.1, None, 0.4, 0.1], [true, true, false], own, others, excess);
        Equal([0.2, 0.3], own);
        Equal([0, 0], others);
    }

    [Fact]
    public void The_wrong_country_difference_takes_the_mean_over_the_other_prompts_that_have_an_answer()
    {
        var difference = new double[3];
        Steering.WrongCountry([0.8, 0.7, None], [0.6, 0.5, 0.4, 0.4, None, 0.4], difference);
        Equal([0.3, 0.2, None], difference);
        Steering.WrongCountry([0.8, 0.7, 0.5], [0.6, 0.5, None], difference);
        Equal([0.2, 0.2, None], difference);
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Steering.Change([1, 2], [1], [true], new double[1], new double[1], new double[1]));
        Assert.Throws<ArgumentException>(() => Steering.Change([1, 2], [1, 2], [true, false], new double[1], new double[2], new double[1]));
        Assert.Throws<ArgumentException>(() => Steering.WrongCountry([1], [], new double[1]));
        Assert.Throws<ArgumentException>(() => Steering.WrongCountry([1, 2], [1, 2, 3], new double[2]));
        Assert.Throws<ArgumentException>(() => Steering.WrongCountry([], [1], []));
    }

    [Fact]
    public void Homogeneity_is_the_mean_distance_of_all_pairs()
    {
        // Distances by hand (SimilarityTests): certain and undecided 1 − 0.442077, disjoint 1, equal 0.
        var answers = Cases.Block(2, [1, 0], [0, 1], [0.5, 0.5], [0.5, 0.5]);
        Assert.Equal((1 + 4 * (1 - 0.442077) + 0) / 6, Homogeneity.MeanDistance(answers), 1e-6);
        Assert.Equal(0, Homogeneity.MeanDistance(Cases.Block(2, [0.2, 0.8], [1, 4])), 0);
        Assert.True(double.IsNaN(Homogeneity.MeanDistance(Cases.Block(2, [0.2, 0.8]))));
    }

    static void Equal(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-12);
    }
}
