using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Tests;

public class PythonLiteralTests
{
    [Theory]
    [InlineData("{'A': [1, 0.5, 1e-3]}")]
    [InlineData("defaultdict(<class 'list'>, {'A': [1, 0.5, 1e-3]})")]
    [InlineData("  defaultdict ( <class 'list'> ,\n{ \"A\" :\t[ 1.0 , .5 , 0.001 , ] , } ) \n")]
    public void Distributions_are_read_from_dict_and_defaultdict(string text)
    {
        var pair = Assert.Single(PythonLiteral.ReadDistributions(text));
        Assert.Equal("A", pair.Key);
        Assert.Equal([1, 0.5, 0.001], pair.Value);
    }

    [Fact]
    public void Empty_containers_are_read()
    {
        Assert.Empty(PythonLiteral.ReadDistributions("{}"));
        Assert.Empty(PythonLiteral.ReadDistributions("defaultdict(<class 'list'>, {})"));
        Assert.Empty(PythonLiteral.ReadItems("[]"));
    }

    [Theory]
    [InlineData("nan", double.NaN)]
    [InlineData("None", double.NaN)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("-0.25", -0.25)]
    public void Special_numbers_are_read_as_what_they_are(string token, double value) =>
        Assert.Equal([value], PythonLiteral.ReadDistributions($"{{'A': [{token}]}}")[0].Value);

    [Theory]
    [InlineData("'plain'", "plain")]
    [InlineData("\"it's\"", "it's")]
    [InlineData("'say \"no\"'", "say \"no\"")]
    [InlineData(@"'both \' and ""'", "both ' and \"")]
    [InlineData(@"'a\\b\n\r\tc'", "a\\b\n\r\tc")]
    [InlineData(@"'\xe9\u2019\U0001f600'", "é’😀")]
    [InlineData("'  blanks  '", "  blanks  ")]
    [InlineData("'{option}, [x] (y)'", "{option}, [x] (y)")]
    public void Strings_are_read_with_their_escapes(string literal, string value) =>
        Assert.Equal([new(value, IsString: true)], PythonLiteral.ReadItems($"[{literal}]"));

    [Theory]
    [InlineData("0.0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("10.0", "10")]
    [InlineData("7", "7")]
    [InlineData("0.5", "0.5")]
    [InlineData("2.50", "2.5")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    [InlineData("None", "None")]
    public void Numbers_among_the_items_print_clean(string literal, string text) =>
        Assert.Equal([new(text, IsString: false)], PythonLiteral.ReadItems($"[{literal}]"));

    [Theory]
    [InlineData("", 1, "expected [")]
    [InlineData("['a'", 5, "expected , or ]")]
    [InlineData("['a' 'b']", 6, "expected , or ]")]
    [InlineData("['a', ", 7, "expected a number")]
    [InlineData("['a'] x", 7, "expected the end")]
    [InlineData("['a", 4, "expected the closing '")]
    [InlineData("['a\nb']", 4, "expected the closing '")]
    [InlineData("[a]", 2, "expected a number")]
    [InlineData("[,]", 2, "expected a number")]
    [InlineData("[1__0]", 2, "expected a number")]
    [InlineData("[[1]]", 2, "expected a number")]
    [InlineData(@"['a\q']", 4, "expected one of the escapes")]
    [InlineData(@"['\x4']", 3, "expected 2 hexadecimal")]
    [InlineData(@"['\x00']", 3, "expected 2 hexadecimal")]
    [InlineData(@"['\ud83d']", 3, "expected 4 hexadecimal")]
    [InlineData(@"['\U00110000']", 3, "expected 8 hexadecimal")]
    [InlineData("[__import__('os')]", 2, "expected a number")]
    public void Malformed_items_are_refused_with_their_position(string text, int position, string message)
    {
        var e = Assert.Throws<PythonSyntaxException>(() => PythonLiteral.ReadItems(text));
        Assert.StartsWith(message, e.Message);
        Assert.EndsWith($"at character {position}", e.Message);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{'A': [1], 2: [1]}", 12)]
    [InlineData("{'A' [1]}", 6)]
    [InlineData("{'A': 1}", 7)]
    [InlineData("{'A': [1]", 10)]
    [InlineData("{'A': [1]})", 11)]
    [InlineData("{'A': [[1]]}", 8)]
    [InlineData("{'A': ['1']}", 8)]
    [InlineData("defaultdict(<class 'list'>, {'A': [1]}", 39)]
    [InlineData("defaultdict(<class 'dict'>, {})", 13)]
    [InlineData("defaultdict(None, {})", 13)]
    public void Malformed_distributions_are_refused_with_their_position(string text, int position)
    {
        var e = Assert.Throws<PythonSyntaxException>(() => PythonLiteral.ReadDistributions(text));
        Assert.EndsWith($"at character {position}", e.Message);
    }

    [Fact]
    public void Nesting_of_any_depth_is_refused_without_recursion()
    {
        var deep = new string('[', 1_000_000);
        Assert.Throws<PythonSyntaxException>(() => PythonLiteral.ReadItems(deep));
        Assert.Throws<PythonSyntaxException>(() => PythonLiteral.ReadDistributions(new string('{', 1_000_000)));
    }
}
