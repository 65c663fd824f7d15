using LocalOpinions.Scoring.Simd.Effects;

namespace LocalOpinions.Scoring.Simd.Tests.Effects;

/// <summary>Planted components are found again, and what is not there is 0 within its error.</summary>
public class VarianceComponentsTests
{
    [Theory]
    [InlineData(0.04, 0.01, 0.02, 0.005, 0.003)]
    [InlineData(0.04, 0, 0, 0, 0.01)]
    [InlineData(0, 0, 0, 0, 0.01)]
    [InlineData(0, 0.02, 0, 0.01, 0.01)]
    [InlineData(0.03, 0, 0.02, 0, 0.001)]
    public void Planted_components_are_the_mean_of_the_estimates(double question, double wording, double both, double order, double rest)
    {
        double[] planted = [question, wording, both, order, rest];
        var random = new Random(5);
        var estimates = Enumerable.Range(0, 400).Select(_ => VarianceComponents.Of(Draw(random, 60, 5, planted, i => 2 + i % 4)))
            .Select(e => new[] { e.Question, e.Wording, e.QuestionWording, e.Order, e.Rest }).ToList();
        for (var i = 0; i < planted.Length; i++)
        {
            var mean = estimates.Average(e => e[i]);
            var error = Math.Sqrt(estimates.Average(e => Math.Pow(e[i] - mean, 2)) / estimates.Count);
            Assert.InRange(mean - planted[i], -4 * error, 4 * error);
        }
    }

    // Balanced, by the table of any textbook: two-way classification with one observation per cell.
    [Fact]
    public void With_one_order_it_is_the_textbooks_two_way_table()
    {
        double[][] y = [[1, 2, 4], [2, 4, 3], [5, 7, 9], [4, 4, 7]];
        var components = VarianceComponents.Of([.. y.Select(q => CrossedCell.Of([.. q.Select(v => new[] { v })]))]);
        var grand = y.SelectMany(q => q).Average();
        var questionMean = 3 * y.Sum(q => Math.Pow(q.Average() - grand, 2)) / 3;
        var wordingMean = 4 * Enumerable.Range(0, 3).Sum(w => Math.Pow(y.Average(q => q[w]) - grand, 2)) / 2;
        var restMean = y.Sum(q => Enumerable.Range(0, 3).Sum(w =>
            Math.Pow(q[w] - q.Average() - y.Average(p => p[w]) + grand, 2))) / 6;
        Assert.Equal((questionMean - restMean) / 3, components.Question, 1e-12);
        Assert.Equal((wordingMean - restMean) / 4, components.Wording, 1e-12);
        Assert.Equal(restMean, components.Rest, 1e-12);
        Assert.True(double.IsNaN(components.Order) && double.IsNaN(components.QuestionWording));
    }

    [Fact]
    public void With_one_wording_there_are_questions_and_orders()
    {
        var random = new Random(7);
        var components = VarianceComponents.Of(Draw(random, 4000, 1, [0.04, 0, 0, 0.01, 0], i => 2 + i % 3));
        Assert.Equal(0.04, components.Question, 0.003);
        Assert.Equal(0.01, components.Order, 0.0005);
        Assert.True(double.IsNaN(components.Wording) && double.IsNaN(components.Rest));
        Assert.Equal(1, components.Share(components.Question) + components.Share(components.Order), 1e-12);
    }

    [Fact]
    public void A_question_that_counts_twice_is_two()
    {
        var questions = Draw(new(3), 10, 3, [0.04, 0.01, 0.02, 0.005, 0.003], i => 2 + i % 3);
        var twice = VarianceComponents.Of([.. questions, questions[4]]);
        var counted = VarianceComponents.Of(questions, [1, 1, 1, 1, 2, 1, 1, 1, 1, 1]);
        Assert.Equal(twice.Question, counted.Question, 1e-12);
        Assert.Equal(twice.Wording, counted.Wording, 1e-12);
        Assert.Equal(twice.Order, counted.Order, 1e-12);
        Assert.Equal(twice.Rest, counted.Rest, 1e-12);
    }

    [Fact]
    public void One_question_says_nothing() =>
        Assert.True(double.IsNaN(VarianceComponents.Of(Draw(new(3), 1, 3, [1, 1, 1, 1, 1], _ => 2)).Question));

    static List<CrossedCell> Draw(Random random, int questions, int wordings, double[] variances, Func<int, int> orders)
    {
        double[] byWording = [.. Enumerable.Range(0, wordings).Select(_ => Normal(variances[1]))];
        return [.. Enumerable.Range(0, questions).Select(i =>
        {
            var question = Normal(variances[0]);
            double[] together = [.. byWording.Select(_ => Normal(variances[2]))];
            double[] byOrder = [.. Enumerable.Range(0, orders(i)).Select(_ => Normal(variances[3]))];
            return CrossedCell.Of([.. byWording.Select((wording, w) =>
                byOrder.Select(order => 0.6 + question + wording + together[w] + order + Normal(variances[4])).ToArray())]);
        })];

        double Normal(double variance) =>
            Math.Sqrt(variance * -2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
