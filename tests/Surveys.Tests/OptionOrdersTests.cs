using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Tests;

public class OptionOrdersTests
{
    [Theory]
    [InlineData("faithful", "faithful")]
    [InlineData("cyclic", "cyclic")]
    [InlineData("all", "all")]
    [InlineData("sample:1", "sample:1")]
    [InlineData("sample:006", "sample:6")]
    [InlineData("sample:1000", "sample:1000")]
    public void Names_are_read(string text, string name)
    {
        var orders = OptionOrders.Parse(text);
        Assert.Equal(name, orders.Name);
        Assert.Equal(name, OptionOrders.Parse(orders.Name).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Cyclic")]
    [InlineData(" all")]
    [InlineData("random")]
    [InlineData("sample")]
    [InlineData("sample:")]
    [InlineData("sample:0")]
    [InlineData("sample:-1")]
    [InlineData("sample:+1")]
    [InlineData("sample: 1")]
    [InlineData("sample:1001")]
    [InlineData("sample:99999999999")]
    [InlineData("sample:1.5")]
    [InlineData("sample:six")]
    public void What_is_no_name_is_refused(string text)
    {
        var e = Assert.Throws<FormatException>(() => OptionOrders.Parse(text));
        Assert.Equal($"\"{text}\" names no option orders: give faithful, cyclic, all, or sample:N with N from 1 to 1000", e.Message);
    }

    [Theory]
    [InlineData("faithful", 4, "0 1 2 3")]
    [InlineData("cyclic", 2, "0 1|1 0")]
    [InlineData("cyclic", 4, "0 1 2 3|1 2 3 0|2 3 0 1|3 0 1 2")]
    [InlineData("all", 2, "0 1|1 0")]
    [InlineData("all", 3, "0 1 2|0 2 1|1 0 2|1 2 0|2 0 1|2 1 0")]
    public void The_orders_are(string name, int options, string expected) => Assert.Equal(expected, Text(For(name, options)));

    [Theory]
    [InlineData("faithful", 18, 1)]
    [InlineData("cyclic", 26, 26)]
    [InlineData("cyclic", 100, 100)]
    [InlineData("all", 4, 24)]
    [InlineData("all", 5, 120)]
    [InlineData("sample:6", 2, 2)]
    [InlineData("sample:6", 3, 6)]
    [InlineData("sample:23", 4, 23)]
    [InlineData("sample:1000", 5, 120)]
    [InlineData("sample:1000", 6, 720)]
    [InlineData("sample:1000", 7, 1000)]
    [InlineData("sample:1000", 26, 1000)]
    [InlineData("sample:1000", 100, 1000)]
    public void So_many_different_permutations_are_given(string name, int options, int count)
    {
        var orders = For(name, options, row: 17);
        Assert.Equal(count, orders.Count);
        Assert.Equal(count, orders.Select(o => string.Join(' ', o)).Distinct().Count());
        Assert.All(orders, o => Assert.Equal(Enumerable.Range(0, options), o.Order()));
    }

    [Fact]
    public void All_orders_are_lexicographic()
    {
        var texts = For("all", 5).Select(o => string.Concat(o)).ToList();
        Assert.Equal(texts.Order(StringComparer.Ordinal), texts);
    }

    [Theory]
    [InlineData("cyclic", 2)]
    [InlineData("cyclic", 7)]
    [InlineData("cyclic", 18)]
    [InlineData("all", 3)]
    [InlineData("all", 5)]
    public void Each_option_stands_at_each_position_equally_often(string name, int options)
    {
        var orders = For(name, options);
        for (var position = 0; position < options; position++)
        {
            var counts = orders.CountBy(o => o[position]).ToList();
            Assert.Equal(options, counts.Count);
            Assert.All(counts, c => Assert.Equal(orders.Count / options, c.Value));
        }
    }

    [Theory]
    [InlineData(6, "6 options have 720 orders; use sample:N")]
    [InlineData(7, "7 options have 5,040 orders; use sample:N")]
    [InlineData(18, "18 options have 6,402,373,705,728,000 orders; use sample:N")]
    public void More_than_five_options_have_too_many_orders(int options, string expected)
    {
        var all = OptionOrders.Parse("all");
        Assert.False(all.CanAsk(Ask(options), out var reason));
        Assert.Equal(expected, reason);
        Assert.Contains($"row 0 cannot be asked: {expected}", Assert.Throws<ArgumentException>(() => all.For(Ask(options))).Message);
    }

    [Theory]
    [InlineData("all", 5)]
    [InlineData("faithful", 100)]
    [InlineData("cyclic", 100)]
    [InlineData("sample:1000", 100)]
    public void The_others_can_be_asked(string name, int options)
    {
        Assert.True(OptionOrders.Parse(name).CanAsk(Ask(options), out var reason));
        Assert.Null(reason);
    }

    internal static IReadOnlyList<int[]> For(string name, int options, int row = 0) => OptionOrders.Parse(name).For(Ask(options, row));

    internal static string Text(IEnumerable<int[]> orders) => string.Join('|', orders.Select(o => string.Join(' ', o)));

    static Question Ask(int options, int row = 0) => new()
    {
        SourceRow = row,
        Source = "test",
        Text = $"Question {row}",
        Options = [.. Enumerable.Range(0, options).Select(i => $"option {i}")],
        Humans = [],
    };
}
