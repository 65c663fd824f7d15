using LocalOpinions.Scoring.Simd.Measures;

namespace LocalOpinions.Scoring.Simd.Tests;

/// <summary>What every row of the list of measures promises.</summary>
public class MeasureListTests
{
    public static TheoryData<string> Names => [.. Measure.All.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void All_forms_agree_and_go_from_nought_to_the_largest_value_from_either_side(string name)
    {
        var measure = Measure.All.Single(m => m.Name == name);
        foreach (var options in new[] { 2, 5, 26, 27, 100 })
        {
            var random = new Random(options);
            var (first, last) = (Certain(options, 0), Certain(options, options - 1));
            double[][] rows = [.. Enumerable.Range(0, 70).Select(_ => Weights(random, options)), first, last];
            var block = Cases.Block(options, rows);
            foreach (var (place, p) in rows.Index())
            {
                var (one, each) = (new double[rows.Length], new double[rows.Length]);
                measure.OneToMany(p, block, one);
                measure.Matched(Cases.Block(options, [.. rows.Select(_ => p)]), block, each);
                Assert.Equal(one, each);
                for (var i = 0; i < rows.Length; i++)
                {
                    Assert.Equal(measure.Pair(p, rows[i]), one[i], 1e-5);
                    Assert.Equal(measure.Pair(rows[i], p), one[i], 1e-5);
                    Assert.InRange(one[i], 0, measure.Largest(options) + 1e-6);
                }

                Assert.Equal(measure.MoreIsNearer ? measure.Largest(options) : 0, one[place], 1e-9);
            }

            // At opposite ends, or, where it is the order that counts, in the opposite order.
            double[] rising = [.. Enumerable.Range(1, options)], falling = [.. rising.Reverse()];
            double[] extremes = [measure.Pair(first, last), measure.Pair(rising, falling)];
            var (far, farthest) = measure.MoreIsNearer ? (0, extremes.Min()) : (measure.Largest(options), extremes.Max());
            Assert.Equal(far, farthest, 1e-12);
        }
    }

    [Fact]
    public void Names_are_different_and_fit_into_sql_and_the_command_line()
    {
        Assert.Equal(Measure.All.Count, Measure.All.Select(m => m.Name).Distinct().Count());
        Assert.All(Measure.All, m => Assert.Matches("^[a-z]+(_[a-z]+)*$", m.Name));
        Assert.Equal(["total_variation", "hellinger", "wasserstein", "top_agreement", "rank_order"], Measure.OnRequest.Select(m => m.Name));
    }

    // Eighths without ties at the top, which float and double could break in different ways.
    static double[] Weights(Random random, int options)
    {
        var weights = Enumerable.Range(0, options).Select(_ => (double)random.Next(8)).ToArray();
        weights[random.Next(options)] = 9;
        return weights;
    }

    static double[] Certain(int options, int option) => [.. Enumerable.Range(0, options).Select(i => i == option ? 1.0 : 0)];
}
