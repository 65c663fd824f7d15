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
            [true, false, false], [false, true, true], own, others, excess);
        Equal([0.3, -0.1, None, None], own);
        // The third question was not put to the named country: what others do there stands beside nothing.
        Equal([0.05, 0, None, None], others);
        Equal([0.25, -0.1, None, None], excess);
    }

    [Fact]
    public void A_country_with_two_labels_is_one_country()
    {
        double[] own = new double[2], others = new double[2], excess = new double[2];
        Steering.Change([0.5, 0.7, 0.1, None, 0.7, 0.1], [0.4, 0.4, 0.1, None, 0.4, 0.1], [true, true, false], [false, false, true], own,
            others, excess);
        Equal([0.2, 0.3], own);
        Equal([0, 0], others);
    }

    [Fact]
    public void Who_is_neither_named_nor_another_does_not_count()
    {
        double[] own = new double[1], others = new double[1], excess = new double[1];
        Steering.Change([0.5, 0.9, 0.3], [0.4, 0.1, 0.1], [true, false, false], [false, false, true], own, others, excess);
        Equal([0.1, 0.2, -0.1], [own[0], others[0], excess[0]]);
    }

    [Fact]
    public void The_mean_of_tables_takes_those_that_have_an_answer() =>
        Equal([0.5, 0.5, 0.4, None], Steering.MeanOf([[0.6, 0.5, 0.4, None], [0.4, None, 0.4, None]]));

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        double[] one = new double[1], two = new double[2];
        bool[] both = [true, false];
        Assert.Throws<ArgumentException>(() => Steering.Change([1, 2], [1], [true], [false], one, one, one));
        Assert.Throws<ArgumentException>(() => Steering.Change([1, 2], [1, 2], both, both, one, two, one));
        Assert.Throws<ArgumentException>(() => Steering.Change([1, 2], [1, 2], both, [true], one, one, one));
        Assert.Throws<ArgumentException>(() => Steering.MeanOf([]));
        Assert.Throws<ArgumentException>(() => Steering.MeanOf([[1], [1, 2]]));
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
