using LocalOpinions.Scoring.Simd.Resampling;

namespace LocalOpinions.Scoring.Simd.Tests.Effects;

/// <summary>Whether intervals hold what they say: simulated surveys whose true means are known.</summary>
public class CoverageTests(ITestOutputHelper output)
{
    const int DataSets = 10_000;
    const int Families = 300;
    const int Resamples = 1000;

    static readonly string[] s_columns = ["skewed similarity", "paired difference", "similarity of a country asked one question in three",
        "families that matter by their size"];

    // Families have 1, 2, 3, ... questions with chances 1/2, 1/4, ...: E(size) = 2, E(size²) = 6. In the last column a question's
    // mean is 0.3 + 0.02 · size, so that over questions it is 0.3 + 0.02 · 6 / 2.
    static readonly double[] s_truth = [0.6, 0.02, 0.6, 0.36];

    // A thousand data sets miss their own expectation by up to 0.015.
    [Fact]
    public void Of_95_percent_intervals_about_95_in_100_hold_the_truth_in_a_seeded_tenth()
    {
        Assert.SkipWhen(InstructionSetTests.IsChild, "how often an interval holds does not depend on the instructions");
        Simulate(DataSets / 10, seed: 20260901, slack: 0.015);
    }

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void Of_95_percent_intervals_93_to_97_in_100_hold_the_truth() => Simulate(DataSets, seed: 1, slack: 0);

    void Simulate(int dataSets, int seed, double slack)
    {
        int[] percentile = new int[4], bca = new int[4];
        Parallel.For(0, dataSets, new ParallelOptions { MaxDegreeOfParallelism = 2 }, dataSet =>
        {
            var (values, families) = Survey(new Random(HashCode(seed, dataSet)));
            var bootstrap = Bootstrap.Run(values, 4, families, Resamples, (ulong)dataSet, threads: 1);
            for (var column = 0; column < 4; column++)
            {
                Count(bootstrap.Percentile(column), percentile, column);
                Count(bootstrap.Bca(column), bca, column);
            }
        });
        for (var column = 0; column < 4; column++)
        {
            double p = (double)percentile[column] / dataSets, b = (double)bca[column] / dataSets;
            output.WriteLine($"{s_columns[column]}: percentile {p:p2}, BCa {b:p2} of {dataSets}");
            Assert.InRange(p, 0.93 - slack, 0.97 + slack);
            Assert.InRange(b, 0.93 - slack, 0.97 + slack);
        }

        static void Count(Interval interval, int[] hits, int column)
        {
            if (interval.Low <= s_truth[column] && s_truth[column] <= interval.High)
                Interlocked.Increment(ref hits[column]);
        }
    }

    // Not System.HashCode, whose values differ from process to process.
    static int HashCode(int seed, int dataSet) => unchecked(seed * 1_000_003 + dataSet);

    static (double[] Values, int[] Families) Survey(Random random)
    {
        List<double> values = [];
        List<int> families = [];
        for (var family = 0; family < Families; family++)
        {
            var size = 1;
            while (random.Next(2) == 0)
                size++;
            double common = Exponential(), difference = Laplace(), level = Laplace();
            for (var question = 0; question < size; question++)
            {
                // Most answers are near and some far: similarities have a long tail downwards.
                var similarity = 0.6 + 0.08 * (1 - common) + 0.08 * (1 - Exponential());
                values.AddRange([
                    similarity,
                    0.02 + 0.05 * difference + 0.05 * Laplace(),
                    random.Next(3) == 0 ? similarity : double.NaN,
                    0.3 + 0.02 * size + 0.05 * level + 0.05 * Laplace(),
                ]);
                families.Add(family);
            }
        }
        return ([.. values], [.. families]);

        double Exponential() => -Math.Log(1 - random.NextDouble());
        double Laplace() => Exponential() - Exponential();
    }
}
