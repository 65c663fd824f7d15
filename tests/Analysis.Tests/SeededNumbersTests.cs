using LocalOpinions.Analysis.Sampling;

namespace LocalOpinions.Analysis.Tests;

/// <summary>Samples of earlier results stay what they are: the numbers are those of .NET 10, and stay so whatever .NET does.</summary>
public class SeededNumbersTests
{
    public static TheoryData<int> Seeds =>
        [0, 1, -1, 2, 42, 161803398, -161803398, 161803399, int.MaxValue, int.MaxValue - 1, int.MinValue, int.MinValue + 1];

    [Theory, MemberData(nameof(Seeds))]
    public void Numbers_are_those_of_seeded_Random(int seed)
    {
        (int Least, int Most)[] ranges =
        [
            (0, 1), (0, 2), (0, 26), (5, 5), (-3, 4), (0, 1_000_003), (0, int.MaxValue), (1, int.MaxValue), (int.MinValue, 0),
            (-1, int.MaxValue), (int.MinValue, int.MaxValue), (int.MinValue, int.MinValue + 7),
        ];
        var (random, numbers) = (new Random(seed), new SeededNumbers(seed));
        for (var i = 0; i < 5_000; i++)
        {
            var (least, most) = ranges[i % ranges.Length];
            Assert.Equal(random.Next(least, most), numbers.Next(least, most));
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Orders_are_those_of_seeded_Random(int seed)
    {
        var (random, numbers) = (new Random(seed), new SeededNumbers(seed));
        foreach (var length in new[] { 0, 1, 2, 3, 10, 257, 2_556 })
        {
            int[] expected = [.. Enumerable.Range(0, length)], actual = [.. expected];
            random.Shuffle(expected);
            numbers.Shuffle(actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void A_thousand_other_seeds_give_the_same_too()
    {
        var seeds = new SeededNumbers(7);
        for (var i = 0; i < 1_000; i++)
        {
            var seed = seeds.Next(int.MinValue, int.MaxValue);
            var (random, numbers) = (new Random(seed), new SeededNumbers(seed));
            for (var j = 0; j < 60; j++)
                Assert.Equal(random.Next(0, 1_000_000), numbers.Next(0, 1_000_000));
        }
    }

    // Computed by another implementation of the same definition, which is not .NET's. Seeds that differ by the modulus are one.
    [Theory]
    [InlineData(0, new[] { 726243, 817325, 768022, 558161, 206033, 558884, 906027, 442177 })]
    [InlineData(1, new[] { 248668, 110743, 467010, 771604, 657518, 432782, 354083, 943862 })]
    [InlineData(-1, new[] { 248668, 110743, 467010, 771604, 657518, 432782, 354083, 943862 })]
    [InlineData(2023, new[] { 592653, 403188, 820727, 353209, 561684, 454147, 324726, 349724 })]
    [InlineData(int.MaxValue, new[] { 726243, 817325, 768022, 558161, 206033, 558884, 906027, 442177 })]
    [InlineData(int.MinValue, new[] { 726243, 817325, 768022, 558161, 206033, 558884, 906027, 442177 })]
    public void Known_numbers(int seed, int[] expected)
    {
        var numbers = new SeededNumbers(seed);
        Assert.Equal(expected, expected.Select(_ => numbers.Next(0, 1_000_000)));
    }

    [Fact]
    public void A_known_order()
    {
        int[] values = [.. Enumerable.Range(0, 12)];
        new SeededNumbers(1).Shuffle(values);
        Assert.Equal([2, 0, 6, 9, 3, 8, 5, 11, 1, 10, 4, 7], values);
    }

    [Fact]
    public void There_is_no_number_between_bounds_that_cross() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeededNumbers(1).Next(2, 1));
}
