using LocalOpinions.Runner.Sql;

namespace LocalOpinions.Runner.Tests;

/// <summary>What the keys of the shell do to a text, without a terminal. The caret is written as a bar.</summary>
public class LineKeysTests
{
    readonly EditedText _text = new();
    readonly LineKeys _keys;

    public LineKeysTests() => _keys = new(
        _text, new HistoryWalk(["first;", "second\nline;"]),
        new WordCompletion(new SqlWords(["runs", "run_overview", "answers"], ["SELECT"])));

    // <X> is a key by its name, <^X> with Ctrl, <+X> with Shift; anything else is typed.
    [Theory]
    [InlineData("abc<LeftArrow><LeftArrow>x", "ax|bc")]
    [InlineData("abc<Backspace><LeftArrow><Delete>", "a|")]
    [InlineData("<Backspace><Delete><LeftArrow><RightArrow><UpArrow><DownArrow><DownArrow>", "|")]
    [InlineData("abc<Home>x<End>y", "xabcy|")]
    [InlineData("abc<^A>x<^E>y", "xabcy|")]
    [InlineData("one two three<^LeftArrow><^LeftArrow>", "one |two three")]
    [InlineData("one two three<^A><^RightArrow>", "one |two three")]
    [InlineData("one two  <^W>", "one |")]
    [InlineData("one two<^LeftArrow><^U>", "|two")]
    [InlineData("one two<^LeftArrow><^K>", "one |")]
    [InlineData("abc<^A><^D>", "|bc")]
    [InlineData("a,<Enter>b<Enter>c", "a,\nb\nc|")]
    [InlineData("abcd<Enter>ef<UpArrow>", "ab|cd\nef")]
    [InlineData("ab<Enter>cdef<UpArrow>", "ab|\ncdef")]
    [InlineData("ab<Enter>c<UpArrow><End><DownArrow>", "ab\nc|")]
    [InlineData("ab<Enter>cd<Enter>ef<UpArrow><UpArrow><Home><DownArrow>x", "ab\nx|cd\nef")]
    [InlineData("ab<Enter>cd<UpArrow><Enter>x", "ab\ncdx|")]
    [InlineData("ab<Enter>cd<Home><Backspace>", "ab|cd")]
    [InlineData("ab<Enter>cd<Home><^K><PageUp><^K>", "|\n")]
    [InlineData("ab<Enter>cd<PageUp>x<PageDown>y", "xab\ncdy|")]
    [InlineData("a\U0001F469\u200D\U0001F33E<LeftArrow>x", "ax|\U0001F469\u200D\U0001F33E")]
    [InlineData("ae\u0301<Backspace>", "a|")]
    [InlineData("ab<Enter>\U0001F469\u200D\U0001F33E<UpArrow><DownArrow>", "ab\n|\U0001F469\u200D\U0001F33E")]
    [InlineData("<Tab>", "|")]
    [InlineData("from RU<Tab>", "from run_overview|")]
    [InlineData("from ru<Tab><Tab>", "from runs|")]
    [InlineData("from ru<Tab><Tab><Tab>", "from run_overview|")]
    [InlineData("from ru<+Tab>", "from runs|")]
    [InlineData("count(an<Tab>) x<Tab>", "count(answers) x|")]
    [InlineData("sel<Tab> ru<Tab>", "SELECT run_overview|")]
    [InlineData("new<UpArrow>", "second\nline;|")]
    [InlineData("new<UpArrow><UpArrow><UpArrow>", "first;|")]
    [InlineData("new<^UpArrow><^UpArrow><^UpArrow>", "first;|")]
    [InlineData("new<UpArrow><DownArrow>", "new|")]
    [InlineData("new<^UpArrow><^UpArrow><DownArrow><DownArrow>", "new|")]
    public void Keys_edit(string keys, string expected)
    {
        Assert.Equal(LineKeys.Outcome.Edited, Press(keys));
        Assert.Equal(expected, _text.Text.Insert(_text.Caret, "|"));
    }

    [Theory]
    [InlineData("select 1;<Enter>", "select 1;")]
    [InlineData("select<Enter>1; <Enter>", "select\n1; ")]
    [InlineData("a;<LeftArrow><LeftArrow><Enter>", "a;")]
    [InlineData("<Enter>", "")]
    [InlineData(".help<Enter>", ".help")]
    [InlineData("exit<Enter>", "exit")]
    public void Enter_submits_what_is_complete(string keys, string expected)
    {
        Assert.Equal(LineKeys.Outcome.Submitted, Press(keys));
        Assert.Equal(expected, _text.Text);
    }

    [Fact]
    public void Ctrl_D_ends_only_where_nothing_stands()
    {
        Assert.Equal(LineKeys.Outcome.Edited, Press("x<^D>"));
        Assert.Equal(LineKeys.Outcome.Edited, Press("<Backspace>a<Enter><^D>"));
        Assert.Equal(LineKeys.Outcome.Ended, Press("<Backspace><Backspace><^D>"));
    }

    LineKeys.Outcome Press(string keys)
    {
        var outcome = LineKeys.Outcome.Edited;
        for (var i = 0; i < keys.Length; i++)
        {
            var key = new ConsoleKeyInfo(keys[i], default, false, false, false);
            if (keys[i] == '<')
            {
                var name = keys[(i + 1)..(i = keys.IndexOf('>', i))];
                key = new('\0', Enum.Parse<ConsoleKey>(name.TrimStart('^', '+')), name[0] == '+', false, name[0] == '^');
            }
            Assert.Equal(LineKeys.Outcome.Edited, outcome);
            outcome = _keys.Press(key);
        }
        return outcome;
    }
}
