using LocalOpinions.Scoring.Simd.Effects;

namespace LocalOpinions.Scoring.Simd.Tests.Effects;

public class WordsAndCodesTests
{
    const int No = KrippendorffAlpha.Missing;

    // Expected values from the formulas written out in another language.
    [Fact]
    public void Log_odds_with_a_prior_agree_with_the_formulas_by_hand()
    {
        var prior = new double[3];
        LogOdds.Prior([15, 80, 105], 50, prior);
        Assert.Equal([3.75, 20, 26.25], prior);
        double[] delta = new double[3], z = new double[3];
        LogOdds.WithPrior([10, 20, 70], [5, 60, 35], prior, delta, z);
        double[] expectedDelta = [0.48802506022625414, -1.1451323043030024, 0.9534648850908104];
        double[] expectedZ = [1.128512152696361, -5.9134377916928695, 5.833347379432876];
        for (var word = 0; word < 3; word++)
        {
            Assert.Equal(expectedDelta[word], delta[word], 1e-13);
            Assert.Equal(expectedZ[word], z[word], 1e-13);
        }
    }

    [Fact]
    public void Groups_are_exchangeable_and_equal_groups_have_no_words_of_their_own()
    {
        double[] prior = [1, 2, 3, 4], delta = new double[4], z = new double[4], back = new double[4];
        LogOdds.WithPrior([9, 0, 3, 8], [1, 7, 3, 2], prior, delta, z);
        LogOdds.WithPrior([1, 7, 3, 2], [9, 0, 3, 8], prior, back, new double[4]);
        for (var word = 0; word < 4; word++)
            Assert.Equal(-delta[word], back[word], 1e-15);
        LogOdds.WithPrior([4, 5, 6, 7], [4, 5, 6, 7], prior, delta, z);
        Assert.Equal([0, 0, 0, 0], z);
    }

    // What the prior is for: a word seen once in one group alone must not outrank one seen often.
    [Fact]
    public void A_word_seen_once_does_not_stand_out()
    {
        long[] first = [1, 300, 1000], second = [0, 200, 1100];
        double[] prior = new double[3], delta = new double[3], z = new double[3];
        LogOdds.Prior([1, 500, 2100], 500, prior);
        LogOdds.WithPrior(first, second, prior, delta, z);
        Assert.InRange(z[0], 0, 1);
        Assert.True(z[1] > 3);
    }

    [Fact]
    public void Impossible_counts_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LogOdds.WithPrior([1], [1], [0], new double[1], new double[1]));
        Assert.Throws<ArgumentException>(() => LogOdds.WithPrior([-1], [1], [1], new double[1], new double[1]));
        Assert.Throws<ArgumentException>(() => LogOdds.WithPrior([1, 1], [1], [1], new double[1], new double[1]));
        Assert.Throws<ArgumentException>(() => LogOdds.Prior([0], 1, new double[1]));
        Assert.Throws<ArgumentException>(() => LogOdds.Prior([1], 0, new double[1]));
    }

    // Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011: examples A (binary), B (nominal), C (any number, missing).
    [Fact]
    public void Alpha_agrees_with_krippendorffs_examples()
    {
        var binary = KrippendorffAlpha.Nominal([0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0], 2);
        Assert.Equal(0.095, binary.Alpha, 0.0005);
        Assert.Equal((10, 20), (binary.Units, binary.Values));

        var nominal = KrippendorffAlpha.Nominal([.. "aabbdcccedda".Select(c => c - 'a'), .. "babbbccceddd".Select(c => c - 'a')], 2);
        Assert.Equal(0.692, nominal.Alpha, 0.0005);

        var missing = KrippendorffAlpha.Nominal(
        [
            1, 2, 3, 3, 2, 1, 4, 1, 2, No, No, No,
            1, 2, 3, 3, 2, 2, 4, 1, 2, 5, No, 3,
            No, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, No,
            1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, No,
        ], 4);
        Assert.Equal(0.743, missing.Alpha, 0.0005);
        Assert.Equal((11, 40), (missing.Units, missing.Values)); // the last unit has one code: nothing to compare
    }

    [Fact]
    public void Alpha_is_1_for_agreement_and_about_0_for_chance()
    {
        Assert.Equal(1, KrippendorffAlpha.Nominal([0, 1, 2, 0, 1, 2], 2).Alpha, 1e-15);
        Assert.True(double.IsNaN(KrippendorffAlpha.Nominal([1, 1, 1, 1], 2).Alpha));
        Assert.True(double.IsNaN(KrippendorffAlpha.Nominal([1, No, No, 1], 2).Alpha));
        Assert.True(double.IsNaN(KrippendorffAlpha.Nominal([], 1).Alpha));
        var random = new Random(8);
        int[] codes = [.. Enumerable.Range(0, 9000).Select(_ => random.Next(4))];
        Assert.InRange(KrippendorffAlpha.Nominal(codes, 3).Alpha, -0.02, 0.02);
        Assert.Throws<ArgumentException>(() => KrippendorffAlpha.Nominal([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => KrippendorffAlpha.Nominal([-2, 1], 2));
    }
}
