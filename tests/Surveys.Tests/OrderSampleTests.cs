using LocalOpinions.Common;
using static LocalOpinions.Surveys.Tests.OptionOrdersTests;

namespace LocalOpinions.Surveys.Tests;

public class OrderSampleTests
{
    [Fact]
    public void The_generator_gives_the_published_numbers()
    {
        // The test values that SplitMix64 implementations share, for the seed 1234567.
        var random = new SplitMix64(1234567);
        ulong[] numbers = [.. Enumerable.Range(0, 5).Select(_ => random.Next())];
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821], numbers);
    }

    // Computed by a program in another language from the description alone.
    [Theory]
    [InlineData("sample:3", 4, 0, "2 1 0 3|2 3 1 0|0 3 2 1")]
    [InlineData("sample:3", 4, 1, "2 0 3 1|1 2 0 3|3 2 0 1")]
    [InlineData("sample:2", 5, 2555, "2 3 0 1 4|1 4 0 3 2")]
    [InlineData("sample:6", 2, 7, "0 1|1 0")]
    [InlineData("sample:6", 3, 1, "0 1 2|2 1 0|1 2 0|1 0 2|0 2 1|2 0 1")]
    [InlineData("sample:1", 18, 42, "3 11 14 4 0 8 13 12 16 5 15 17 7 6 9 2 10 1")]
    public void A_row_always_has_the_same_sample(string name, int options, int row, string expected) =>
        Assert.Equal(expected, Text(For(name, options, row)));

    [Fact]
    public void A_larger_sample_begins_with_the_smaller() =>
        Assert.Equal(Text(For("sample:6", 5, row: 3)), Text(For("sample:120", 5, row: 3).Take(6)));

    [Theory]
    [InlineData(3, 6, 20.5)]
    [InlineData(4, 24, 49.7)]
    public void Over_many_rows_all_orders_are_equally_frequent(int options, int orders, double bound)
    {
        // The bound is the chi-square distribution's 99.9 % quantile at orders - 1 degrees of freedom; the draws are fixed by the rows.
        const int each = 500;
        var counts = Enumerable.Range(0, each * orders).CountBy(row => Text(For("sample:1", options, row))).ToList();
        Assert.Equal(orders, counts.Count);
        Assert.InRange(counts.Sum(c => Math.Pow(c.Value - each, 2) / each), 0.1, bound);
    }

    [Fact]
    public void Over_many_rows_each_option_stands_at_each_position_equally_often()
    {
        const int options = 7;
        const int rows = 2800;
        var orders = Enumerable.Range(0, rows).SelectMany(row => For("sample:3", options, row)).ToList();
        const double expected = rows * 3.0 / options;
        for (var position = 0; position < options; position++)
            // 22.5 is the 99.9 % quantile at 6 degrees of freedom.
            Assert.InRange(orders.CountBy(o => o[position]).Sum(c => Math.Pow(c.Value - expected, 2) / expected), 0, 22.5);
    }
}
