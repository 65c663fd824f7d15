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
    public void Numbers_among_the_items_print_clean(string literal, string text) =>
        Assert.Equal([new(text, IsString: false)], PythonLiteral.ReadItems($"[{literal}]"));

    [Theory]
    [InlineData("['Yes', nan]", "nan is neither a text nor a number", 9)]
    [InlineData("[None, 'No']", "None is neither", 2)]
    [InlineData("[inf]", "inf is neither", 2)]
    [InlineData("[np.float64(nan)]", "nan is neither", 2)]
    [InlineData("[True]", "expected a number, not True", 2)]
    [InlineData("['Yes', Decimal('1')]", "expected a number, not Decimal", 9)]
    [InlineData("['Yes' 'No']", "expected , or ] (NumPy prints arrays without commas", 8)]
    [InlineData("array(['Yes', 'No'", "expected , or ]", 19)]
    [InlineData("array(['Yes', 'No']", "expected )", 20)]
    [InlineData("dict_keys(['Yes', 'No'])", "expected [, not dict_keys", 1)]
    public void What_is_no_option_is_named_for_what_it_is(string text, string message, int position)
    {
        var e = Assert.Throws<PythonSyntaxException>(() => PythonLiteral.ReadItems(text));
        Assert.StartsWith(message, e.Message);
        Assert.Equal(position, e.Position);
    }

    // As str() of dicts and lists with NumPy's own values gives them, before NumPy 2 and since.
    [Theory]
    [InlineData("['Yes', 'No']")]
    [InlineData("('Yes', 'No')")]
    [InlineData("[np.str_('Yes'), np.str_('No')]")]
    [InlineData("array(['Yes', 'No'], dtype=object)")]
    [InlineData("array(['Yes', 'No'], dtype='<U3')")]
    [InlineData("np.array([np.str_('Yes'), 'No'])")]
    [InlineData("Index(['Yes', 'No'], dtype='object')")]
    public void Options_that_numpy_and_pandas_write_are_read(string text) =>
        Assert.Equal([new("Yes", IsString: true), new("No", IsString: true)], PythonLiteral.ReadItems(text));

    [Theory]
    [InlineData("{'A': [np.float64(0.25), np.float64(0.75)]}")]
    [InlineData("{'A': array([0.25, 0.75])}")]
    [InlineData("{np.str_('A'): np.array([np.float32(0.25), 0.75], dtype=float32)}")]
    [InlineData("{'A': (0.25, 0.75)}")]
    [InlineData("OrderedDict({'A': [0.25, 0.75]})")]
    [InlineData("defaultdict(<class 'list'>, {'A': [numpy.float64(0.25), 0.75]})")]
    public void Shares_that_numpy_and_pandas_write_are_read(string text)
    {
        var pair = Assert.Single(PythonLiteral.ReadDistributions(text));
        Assert.Equal("A", pair.Key);
        Assert.Equal([0.25, 0.75], pair.Value);
    }

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
