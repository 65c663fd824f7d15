using LocalOpinions.Scoring.Simd.Resampling;

namespace LocalOpinions.Scoring.Simd.Tests;

/// <summary>Adjusted means against planted effects and against fits to drawn questions, made by brute force.</summary>
public sealed class AdditiveFitTests
{
    [Fact]
    public void Planted_effects_come_back_whichever_questions_a_column_has()
    {
        var random = new Random(3);
        double[] columns = [.. Enumerable.Range(0, 6).Select(c => 0.5 + 0.02 * c)];
        var values = new double[200 * 6];
        for (var question = 0; question < 200; question++)
        {
            var effect = random.NextDouble();
            for (var column = 0; column < 6; column++)
            {
                // The better columns get the harder questions: their plain means turn the order round.
                var has = random.NextDouble() < (effect < 0.5 ? 0.1 + 0.15 * column : 0.9 - 0.15 * column);
                values[question * 6 + column] = has ? columns[column] + effect : double.NaN;
            }
        }

        var plain = Enumerable.Range(0, 6).Select(c => Mean(values, 6, c)).ToArray();
        Assert.True(plain[0] > plain[5] + 0.1);
        var fit = AdditiveDesign.Of(values, 6).Fit(values);
        for (var column = 1; column < 6; column++)
            Assert.Equal(0.02, fit.Means[column] - fit.Means[column - 1], 1e-12);
        // The mean over all pairs is theirs too.
        var present = values.Select((v, i) => (Value: v, Fit: fit.Means[i % 6])).Where(v => !double.IsNaN(v.Value)).ToList();
        Assert.Equal(present.Average(p => p.Value), present.Average(p => p.Fit), 1e-12);
    }

    [Fact]
    public void Without_gaps_it_is_the_plain_mean_and_its_error_the_plain_means()
    {
        var values = Panel(60, 4, share: 1, seed: 5);
        int[] families = [.. Enumerable.Range(0, 60).Select(q => q / 3)];
        var fit = AdditiveDesign.Of(values, 4).Fit(values);
        var plain = Bootstrap.Run(values, 4, families, 400, 1);
        var adjusted = Bootstrap.Run(fit.FamilyValues(families), 4, [.. Enumerable.Range(0, 20)], 400, 1);
        for (var column = 0; column < 4; column++)
        {
            Assert.Equal(Mean(values, 4, column), fit.Means[column], 1e-12);
            for (var i = 0; i < 400; i++)
                Assert.Equal(plain.Replicates(column)[i], adjusted.Replicates(column)[i], 1e-12);
        }
    }

    [Fact]
    public void Its_replicates_are_those_of_fits_to_the_questions_drawn()
    {
        const int Questions = 300, Columns = 5, Replicates = 3000;
        var values = Panel(Questions, Columns, share: 0.5, seed: 7);
        int[] families = [.. Enumerable.Range(0, Questions).Select(q => q / 2)];
        var fit = AdditiveDesign.Of(values, Columns).Fit(values);
        var fast = Bootstrap.Run(fit.FamilyValues(families), Columns, [.. Enumerable.Range(0, Questions / 2)], Replicates, 1);
        var random = new Random(11);
        var slow = Enumerable.Range(0, Replicates).Select(_ =>
        {
            double[] drawn = [.. Enumerable.Range(0, Questions / 2).Select(_ => random.Next(Questions / 2))
                .SelectMany(f => values.AsSpan(f * 2 * Columns, 2 * Columns).ToArray())];
            return AdditiveDesign.Of(drawn, Columns).Fit(drawn).Means.ToArray();
        }).ToList();
        for (var column = 0; column < Columns; column++)
        {
            Assert.Equal(fit.Means[column], fast.Estimate(column), 1e-12);
            Assert.InRange(Deviation(fast.Replicates(column).ToArray()) / Deviation([.. slow.Select(s => s[column])]), 0.93, 1.07);
            var difference = fast.Replicates(column).ToArray().Zip(fast.Replicates(0).ToArray(), (a, b) => a - b).ToArray();
            if (column > 0)
                Assert.InRange(Deviation(difference) / Deviation([.. slow.Select(s => s[column] - s[0])]), 0.93, 1.07);
        }
    }

    [Fact]
    public void A_column_of_one_family_has_a_mean_and_no_interval_p_value_or_places()
    {
        const int Questions = 40, Columns = 4, Lone = 2;
        var values = Panel(Questions, Columns, share: 1, seed: 13);
        // The first three questions are one family, and the lone column was asked no other.
        int[] families = [.. Enumerable.Range(0, Questions).Select(q => Math.Max(0, q - 2))];
        for (var question = 3; question < Questions; question++)
            values[question * Columns + Lone] = double.NaN;
        var fit = AdditiveDesign.Of(values, Columns).Fit(values);
        var drawn = Bootstrap.Run(fit.FamilyValues(families), Columns, [.. Enumerable.Range(0, Questions - 2)], 500, 1);

        Assert.Equal(fit.Means[Lone], drawn.Estimate(Lone), 1e-12);
        Assert.True(double.IsNaN(drawn.Percentile(Lone).Low));
        Assert.True(double.IsNaN(drawn.PValue(Lone)));
        var places = drawn.RanksByDifference([0, 1, 2, 3]);
        Assert.True(double.IsNaN(places[Lone].Low));
        foreach (var column in new[] { 0, 1, 3 })
        {
            Assert.True(drawn.Percentile(column).Low < fit.Means[column] && fit.Means[column] < drawn.Percentile(column).High);
            // The lone column may be first, and so anybody else may be last of four.
            Assert.InRange(places[column].Estimate, places[column].Low, places[column].High);
        }

        Assert.Equal(Columns, places.Where((_, c) => c != Lone).Max(p => p.High));
    }

    [Fact]
    public void What_no_question_connects_cannot_be_compared()
    {
        double[] values = [1, 2, double.NaN, 2, 3, double.NaN, double.NaN, double.NaN, 9];
        var design = AdditiveDesign.Of(values, 3);
        Assert.Equal([true, true, false], design.Comparable);
        var fit = design.Fit(values);
        Assert.Equal([1.5, 2.5, double.NaN], fit.Means.ToArray());
        Assert.Equal(2 * 3, fit.FamilyValues([0, 1, 2]).Length);
        Assert.Throws<ArgumentException>(() => design.Fit([1, 2, double.NaN, double.NaN, 3, double.NaN, double.NaN, double.NaN, 9]));
        Assert.Throws<ArgumentException>(() => AdditiveDesign.Of([1, 2, 3, 4], 3));
    }

    [Fact]
    public void Intervals_of_places_hold_the_true_places_also_where_many_are_tied()
    {
        // Eight columns: four are equal, the others apart by about an error. A place of equals is any of theirs.
        double[] means = [0, 0, 0, 0, 0.1, 0.2, 0.5, 0.9];
        var random = new Random(13);
        int missedTogether = 0, missedOne = 0, percentile = 0;
        const int Trials = 200;
        for (var trial = 0; trial < Trials; trial++)
        {
            double[] values = [.. Enumerable.Range(0, 120).SelectMany(_ => means.Select(m => m + Normal(random)))];
            var bootstrap = Bootstrap.Run(values, means.Length, [.. Enumerable.Range(0, 120)], 400, (ulong)trial);
            var ranks = bootstrap.RanksByDifference([.. Enumerable.Range(0, means.Length)]);
            var misses = Enumerable.Range(0, means.Length).Count(c => Misses(ranks[c], c));
            missedOne += misses;
            missedTogether += misses > 0 ? 1 : 0;
            percentile += Enumerable.Range(0, means.Length).Count(c => Misses(bootstrap.Ranks()[c], c));
        }

        Assert.InRange(missedOne / (double)(Trials * means.Length), 0, 0.06);
        Assert.True(missedOne < percentile);
        Assert.InRange(missedTogether, 0, Trials / 4);

        bool Misses(Interval rank, int column) =>
            rank.Low > 1 + means.Count(m => m > means[column]) || rank.High < means.Count(m => m >= means[column]);
    }

    static double[] Panel(int questions, int columns, double share, int seed)
    {
        var random = new Random(seed);
        var values = new double[questions * columns];
        for (var question = 0; question < questions; question++)
        {
            var effect = random.NextDouble();
            for (var column = 0; column < columns; column++)
                values[question * columns + column] =
                    random.NextDouble() < share ? effect + 0.05 * column + 0.3 * random.NextDouble() : double.NaN;
        }

        return values;
    }

    static double Mean(double[] values, int columns, int column) =>
        values.Where((v, i) => i % columns == column && !double.IsNaN(v)).Average();

    static double Deviation(double[] values) => Math.Sqrt(values.Average(v => (v - values.Average()) * (v - values.Average())));

    static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
