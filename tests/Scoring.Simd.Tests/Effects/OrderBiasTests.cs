using LocalOpinions.Scoring.Simd.Effects;

namespace LocalOpinions.Scoring.Simd.Tests.Effects;

public class OrderBiasTests
{
    [Fact]
    public void A_bias_is_the_mean_probability_of_the_first_place_less_its_share()
    {
        var bias = new double[3];
        PositionBias.OfQuestion([0.5, 0.3, 0.2, 0.6, 0.3, 0.1, 0.7, 0.1, 0.2], 3, bias);
        double[] expected = [0.6 - 1 / 3.0, 0.7 / 3 - 1 / 3.0, 0.5 / 3 - 1 / 3.0];
        for (var place = 0; place < 3; place++)
            Assert.Equal(expected[place], bias[place], 1e-15);
        Assert.Equal(0, bias.Sum(), 1e-15);
    }

    [Fact]
    public void An_opinion_is_no_bias_over_all_rotations_and_looks_like_one_in_a_single_order()
    {
        double[] opinion = [0.7, 0.2, 0.1];
        var bias = new double[3];
        PositionBias.OfQuestion([.. Rotations(opinion)], 3, bias);
        Assert.All(bias, b => Assert.Equal(0, b, 1e-15));
        PositionBias.OfQuestion(opinion, 3, bias);
        Assert.Equal(0.7 - 1 / 3.0, bias[0], 1e-15);
    }

    [Fact]
    public void The_spread_over_orders_is_0_for_an_opinion_and_most_for_a_model_that_always_says_A()
    {
        Assert.Equal(0, PositionBias.OrderSpread([0.7, 0.2, 0.1, 0.7, 0.2, 0.1, 0.7, 0.2, 0.1], 3), 1e-15);
        // In each rotation all of it is on another option: 1 − 1/3 of it is not where the mean has it.
        Assert.Equal(2 / 3.0, PositionBias.OrderSpread([1, 0, 0, 0, 1, 0, 0, 0, 1], 3), 1e-15);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(18)]
    public void A_prior_of_labels_is_found_exactly_and_divided_out(int options)
    {
        var random = new Random(options);
        var prior = Cases.Normalised([.. Enumerable.Range(0, options).Select(_ => 0.05 + random.NextDouble())]);
        var priors = new List<double>();
        for (var question = 0; question < 4; question++)
        {
            var opinion = Cases.Normalised([.. Enumerable.Range(0, options).Select(_ => 0.01 + random.NextDouble())]);
            // Rotation r puts option (place + r) at each place; off-menu mass differs from prompt to prompt.
            var observed = new double[options * options];
            for (var rotation = 0; rotation < options; rotation++)
            {
                var labels = Cases.Normalised([.. Enumerable.Range(0, options)
                    .Select(place => prior[place] * opinion[(place + rotation) % options])]);
                var mass = 0.2 + 0.8 * random.NextDouble();
                for (var place = 0; place < options; place++)
                    observed[rotation * options + place] = Math.Log(mass * labels[place]);
            }
            var found = new double[options];
            LabelPrior.OfQuestion(observed, options, found);
            priors.AddRange(found);
            double[] corrected = [.. observed[..options].Select(Math.Exp)];
            LabelPrior.DivideOut(corrected, found, corrected);
            for (var place = 0; place < options; place++)
            {
                Assert.Equal(prior[place], found[place], 1e-12);
                Assert.Equal(opinion[place], corrected[place], 1e-12);
            }
        }
        var mean = new double[options];
        LabelPrior.Mean([.. priors], options, mean);
        for (var place = 0; place < options; place++)
            Assert.Equal(prior[place], mean[place], 1e-12);
    }

    [Fact]
    public void The_prior_of_several_questions_is_their_mean_and_not_that_of_their_logarithms()
    {
        var mean = new double[2];
        LabelPrior.Mean([0.9, 0.1, 0.5, 0.5], 2, mean);
        Assert.Equal(0.7, mean[0], 1e-15);
        Assert.Equal(0.3, mean[1], 1e-15);
    }

    [Fact]
    public void Wrong_shapes_and_impossible_priors_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PositionBias.OfQuestion([0.5, 0.5, 1], 2, new double[2]));
        Assert.Throws<ArgumentException>(() => PositionBias.OfQuestion([], 2, new double[2]));
        Assert.Throws<ArgumentException>(() => PositionBias.OrderSpread([0.5], 2));
        Assert.Throws<ArgumentException>(() => LabelPrior.OfQuestion([0, 0], 2, new double[2]));
        Assert.Throws<ArgumentException>(() => LabelPrior.OfQuestion([0, double.NegativeInfinity, 0, 0], 2, new double[2]));
        Assert.Throws<ArgumentException>(() => LabelPrior.Mean([], 2, new double[2]));
        Assert.Throws<ArgumentException>(() => LabelPrior.DivideOut([0.5, 0.5], [1, 0], new double[2]));
        Assert.Throws<ArgumentException>(() => LabelPrior.DivideOut([0, 0], [0.5, 0.5], new double[2]));
        Assert.Throws<ArgumentException>(() => LabelPrior.DivideOut([0.5, 0.5], [0.5], new double[2]));
    }

    static IEnumerable<double> Rotations(double[] opinion) =>
        Enumerable.Range(0, opinion.Length).SelectMany(
            r => Enumerable.Range(0, opinion.Length).Select(place => opinion[(place + r) % opinion.Length]));
}
