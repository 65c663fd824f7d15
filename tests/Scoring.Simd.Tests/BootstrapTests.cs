using LocalOpinions.Scoring.Simd.Resampling;

namespace LocalOpinions.Scoring.Simd.Tests;

public class BootstrapTests
{
    // Skewed on purpose: percentile and BCa intervals differ. The expected ends are scipy.stats.bootstrap's over 199,999 resamples.
    static readonly double[] s_skewed =
    [
        0.05, 0.12, 0.2, 0.22, 0.31, 0.33, 0.4, 0.41, 0.45, 0.5, 0.52, 0.58, 0.6, 0.9, 1.3, 1.7, 2.2, 2.9, 4.1, 6.5,
    ];

    [Fact]
    public void Intervals_agree_with_scipys()
    {
        var bootstrap = Bootstrap.Run(s_skewed, 1, [.. Enumerable.Range(0, 20)], 40_000, 1);
        var percentile = bootstrap.Percentile(0);
        Assert.Equal(s_skewed.Average(), percentile.Estimate, 1e-14);
        Assert.Equal(0.609, percentile.Low, 0.01);
        Assert.Equal(1.985, percentile.High, 0.03);
        var bca = bootstrap.Bca(0);
        Assert.Equal(0.704, bca.Low, 0.01);
        Assert.Equal(2.241, bca.High, 0.03);
        Assert.Equal(40_000, bca.Replicates);
    }

    [Fact]
    public void Replicates_are_the_means_of_the_families_drawn()
    {
        var (values, families) = Survey(new Random(1), questions: 60, columns: 7);
        var bootstrap = Bootstrap.Run(values, 7, families, 50, 99, threads: 1);
        var labels = families.Distinct().ToArray();
        for (var replicate = 0; replicate < 50; replicate++)
        {
            var drawn = new double[labels.Length];
            Draws.Count(99, replicate, labels.Length, drawn, 1);
            Assert.Equal(labels.Length, drawn.Sum());
            for (var column = 0; column < 7; column++)
            {
                double sum = 0, count = 0;
                for (var question = 0; question < 60; question++)
                {
                    var value = values[question * 7 + column];
                    var times = drawn[Array.IndexOf(labels, families[question])];
                    (sum, count) = double.IsNaN(value) ? (sum, count) : (sum + times * value, count + times);
                }
                Assert.Equal(sum / count, bootstrap.Replicates(column)[replicate], 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(null)]
    public void Any_number_of_threads_gives_the_same_bits_and_another_seed_others(int? threads)
    {
        var (values, families) = Survey(new Random(2), questions: 90, columns: 5);
        var one = Bootstrap.Run(values, 5, families, 333, 7, threads: 1);
        var several = Bootstrap.Run(values, 5, families, 333, 7, threads);
        var other = Bootstrap.Run(values, 5, families, 333, 8, threads);
        for (var column = 0; column < 5; column++)
        {
            Assert.Equal(one.Replicates(column), several.Replicates(column));
            Assert.False(one.Replicates(column).SequenceEqual(other.Replicates(column)));
            Assert.Equal(one.Percentile(column), several.Percentile(column));
        }

        // The first replicates do not depend on how many follow.
        var few = Bootstrap.Run(values, 5, families, 10, 7, threads);
        Assert.Equal(one.Replicates(3)[..10], few.Replicates(3));
    }

    [Fact]
    public void Asking_every_question_twice_changes_nothing_if_the_family_is_known_and_misleads_if_it_is_not()
    {
        var random = new Random(3);
        double[] once = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())];
        double[] twice = [.. once, .. once];
        int[] alone = [.. Enumerable.Range(0, 200)];
        var plain = Bootstrap.Run(once, 1, alone, 2000, 5);
        var clustered = Bootstrap.Run(twice, 1, [.. alone, .. alone], 2000, 5);
        var naive = Bootstrap.Run(twice, 1, [.. Enumerable.Range(0, 400)], 2000, 5);
        Assert.Equal(200, clustered.Families);
        for (var i = 0; i < 2000; i++)
            Assert.Equal(plain.Replicates(0)[i], clustered.Replicates(0)[i], 1e-13);
        Assert.Equal(Math.Sqrt(2), Width(plain) / Width(naive), 0.15);

        // And the plain one is as wide as the theory of means says.
        var mean = once.Average();
        var error = Math.Sqrt(once.Sum(x => (x - mean) * (x - mean)) / 200 / 200);
        Assert.Equal(2 * 1.96 * error, Width(plain), 0.1 * 2 * 1.96 * error);

        static double Width(Bootstrap bootstrap) => bootstrap.Percentile(0).High - bootstrap.Percentile(0).Low;
    }

    [Fact]
    public void A_paired_difference_is_narrower_than_its_parts_and_its_p_value_finds_it()
    {
        var random = new Random(4);
        var values = new double[300 * 3];
        for (var question = 0; question < 300; question++)
        {
            var difficulty = random.NextDouble();
            values[question * 3] = difficulty + 0.02;
            values[question * 3 + 1] = difficulty + 0.01 * (random.NextDouble() - 0.5);
            values[question * 3 + 2] = values[question * 3] - values[question * 3 + 1];
        }
        var bootstrap = Bootstrap.Run(values, 3, [.. Enumerable.Range(0, 300)], 2000, 6);
        var difference = bootstrap.Percentile(2);
        Assert.InRange(difference.Low, 0.015, 0.02);
        Assert.InRange(difference.High, 0.02, 0.025);
        Assert.True(bootstrap.Percentile(0).High - bootstrap.Percentile(0).Low > 10 * (difference.High - difference.Low));
        // No replicate is below 0: how far below 2 in 2,001 the p-value is, only the t-test tells.
        Assert.InRange(bootstrap.PValue(2), double.Epsilon, 1e-100);

        // The difference of paired replicates is the replicate of the difference.
        for (var i = 0; i < 2000; i++)
            Assert.Equal(bootstrap.Replicates(0)[i] - bootstrap.Replicates(1)[i], bootstrap.Replicates(2)[i], 1e-12);
    }

    [Fact]
    public void Without_a_difference_the_p_value_is_uniform()
    {
        var random = new Random(12);
        var values = new double[200 * 200];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.NextDouble() - 0.5;
        var bootstrap = Bootstrap.Run(values, 200, [.. Enumerable.Range(0, 200)], 500, 1);
        var small = Enumerable.Range(0, 200).Count(column => bootstrap.PValue(column) < 0.2);
        Assert.InRange(small, 25, 60);
    }

    [Fact]
    public void Columns_with_too_little_to_say_say_nothing()
    {
        const double none = double.NaN;
        double[] values =
        [
            1, none, 0.5, none,
            2, none, none, none,
            3, none, none, 0.7,
            4, none, none, 0.7,
        ];
        var bootstrap = Bootstrap.Run(values, 4, [10, 20, 30, 40], 1000, 3);
        Assert.Equal(2.5, bootstrap.Estimate(0));
        Assert.True(double.IsNaN(bootstrap.Estimate(1)));
        Assert.Equal(new Interval(none, none, none, 0), bootstrap.Percentile(1));
        Assert.Equal(new Interval(none, none, none, 0), bootstrap.Bca(1));
        var single = bootstrap.Bca(2);
        Assert.Equal((0.5, none, none), (single.Estimate, single.Low, single.High));
        Assert.True(double.IsNaN(bootstrap.PValue(2)));

        // Drawn in 1 − (3/4)^4 of the replicates.
        Assert.InRange(single.Replicates, 630, 740);

        // Equal values in two families: no spread, and rounding makes none.
        var equal = bootstrap.Bca(3);
        Assert.Equal(0.7, equal.Low, 1e-15);
        Assert.Equal(0.7, equal.High, 1e-15);
        Assert.InRange(equal.Replicates, 900, 970);

        var ranks = bootstrap.Ranks();
        Assert.Equal([1, none, 3, 2], ranks.Select(rank => rank.Estimate));
        Assert.Equal((1.0, 1.0), (ranks[0].Low, ranks[0].High));
        Assert.True(double.IsNaN(ranks[1].Low) && double.IsNaN(ranks[2].Low));
    }

    [Fact]
    public void Ranks_are_certain_where_means_are_far_apart_and_not_where_they_are_close()
    {
        var random = new Random(5);
        double[] noise = [.. Enumerable.Range(0, 100).Select(_ => random.NextDouble())];
        double[] values = [.. Enumerable.Range(0, 100).SelectMany(i => new[] { noise[i], 9 + noise[i], noise[99 - i], noise[i] - 9 })];
        var ranks = Bootstrap.Run(values, 4, [.. Enumerable.Range(0, 100)], 1000, 1).Ranks();
        Assert.Equal((1.0, 1.0, 1.0), (ranks[1].Estimate, ranks[1].Low, ranks[1].High));
        Assert.Equal((4.0, 4.0, 4.0), (ranks[3].Estimate, ranks[3].Low, ranks[3].High));
        Assert.Equal((2.0, 3.0), (ranks[0].Low, ranks[0].High));
        Assert.Equal((2.0, 3.0), (ranks[2].Low, ranks[2].High));
    }

    [Fact]
    public void Holms_correction_gives_the_textbooks_values()
    {
        var adjusted = new double[5];
        Holm.Adjust([0.01, 0.04, 0.03, 0.005, double.NaN], adjusted);
        double[] expected = [0.03, 0.06, 0.06, 0.02, double.NaN];
        for (var i = 0; i < 5; i++)
            Assert.Equal(expected[i], adjusted[i], 1e-15);
        double[] inPlace = [0.6, 0.5, 0];
        Holm.Adjust(inPlace, inPlace);
        Assert.Equal([1, 1, 0], inPlace);
        Holm.Adjust([], []);
        Assert.Throws<ArgumentException>(() => Holm.Adjust([0.5], new double[2]));
        Assert.Throws<ArgumentException>(() => Holm.Adjust([1.5], new double[1]));
    }

    [Theory]
    [InlineData(1e-12, -7.034483825301131)]
    [InlineData(1e-05, -4.264890793922825)]
    [InlineData(0.01, -2.3263478740408408)]
    [InlineData(0.3, -0.5244005127080409)]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.975, 1.959963984540054)]
    public void The_normal_distribution_and_its_inverse_agree_with_scipys(double p, double x)
    {
        Assert.Equal(x, Normal.Quantile(p), 1e-14);
        Assert.Equal(p, Normal.Cdf(x), 1e-15);
    }

    // R: 2 * pt(-t, df).
    [Theory]
    [InlineData(12.706204736174694, 1, 0.05)]
    [InlineData(2.0, 10, 0.0733880347707404)]
    [InlineData(-2.228138851986274, 10, 0.05)]
    [InlineData(2.6264054563851857, 99, 0.01)]
    [InlineData(1.962339080826408, 1000, 0.05)]
    [InlineData(0.1, 7, 0.9231480596)]
    [InlineData(0, 5, 1)]
    [InlineData(double.PositiveInfinity, 5, 0)]
    public void Students_distribution_agrees_with_tables(double t, int freedom, double p) =>
        Assert.Equal(p, StudentT.TwoSided(t, freedom), 1e-7);

    [Fact]
    public void The_standard_error_is_the_textbooks_for_single_questions_and_does_not_change_if_all_are_asked_twice()
    {
        var random = new Random(7);
        double[] once = [.. Enumerable.Range(0, 50).Select(_ => random.NextDouble())];
        int[] alone = [.. Enumerable.Range(0, 50)];
        var mean = once.Average();
        var error = Math.Sqrt(once.Sum(x => (x - mean) * (x - mean)) / 49 / 50);
        Assert.Equal(error, FamilySums.Of(once, 1, alone).StandardError(0), 1e-14);
        Assert.Equal(error, FamilySums.Of([.. once, .. once], 1, [.. alone, .. alone]).StandardError(0), 1e-14);
    }

    [Fact]
    public void Wrong_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Bootstrap.Run([1, 2, 3], 2, [0, 1], 10, 1));
        Assert.Throws<ArgumentException>(() => Bootstrap.Run([], 1, [], 10, 1));
        Assert.Throws<ArgumentException>(() => Bootstrap.Run([1, double.PositiveInfinity], 1, [0, 1], 10, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Run([1, 2], 1, [0, 1], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Run([1, 2], 0, [0, 1], 10, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Run([1, 2], 1, [0, 1], 10, 1, threads: 0));
        var bootstrap = Bootstrap.Run([1, 2], 1, [0, 1], 10, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => bootstrap.Percentile(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => bootstrap.Replicates(1));
    }

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void The_size_of_a_full_study_takes_seconds()
    {
        var (values, families) = Survey(new Random(6), questions: 2556, columns: 138);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var bootstrap = Bootstrap.Run(values, 138, families, 10_000, 1);
        TestContext.Current.TestOutputHelper!.WriteLine($"{bootstrap.Families} families: {clock.Elapsed.TotalSeconds:f2} s; ");
        var ranks = bootstrap.Ranks();
        for (var column = 0; column < 138; column++)
            Assert.InRange(bootstrap.Bca(column).Estimate, bootstrap.Bca(column).Low, bootstrap.Bca(column).High);
        TestContext.Current.TestOutputHelper!.WriteLine($"with all intervals {clock.Elapsed.TotalSeconds:f2} s");
        Assert.Equal(138, ranks.Length);
        Assert.True(clock.Elapsed.TotalSeconds < 60, $"{clock.Elapsed}");
    }

    static (double[] Values, int[] Families) Survey(Random random, int questions, int columns)
    {
        var values = new double[questions * columns];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.Next(3) == 0 ? double.NaN : random.NextDouble();
        return (values, [.. Enumerable.Range(0, questions).Select(_ => random.Next(questions) / 2 * 17)]);
    }
}
