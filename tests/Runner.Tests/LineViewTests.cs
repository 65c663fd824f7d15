using LocalOpinions.Runner.Sql;

namespace LocalOpinions.Runner.Tests;

/// <summary>What the shell draws, on a screen that obeys the control sequences as a terminal would.</summary>
public class LineViewTests
{
    const int Width = 20, Height = 4;

    readonly Paper _paper = new();
    readonly EditedText _text = new();
    readonly LineView _view;

    public LineViewTests()
    {
        _paper.Write("before\r\n");
        _view = new(_paper, new SqlWords([], ["select"]).Coloured);
    }

    [Fact]
    public void Every_line_has_its_prompt_and_the_cursor_stands_at_the_caret()
    {
        Show("select 1,\n2", 8);
        Assert.Equal(["before", "sql> select 1,", "  -> 2"], _paper.Lines);
        Assert.Equal((1, 13), _paper.Cursor);
        Assert.Contains("\u001b[94mselect\u001b[39m", _paper.Written);
        Show("select 1,\n2\n3", 13);
        Assert.Equal((3, 6), _paper.Cursor);
        // Drawn again, shorter, from the line that the cursor was left on.
        Show("x", 0);
        Assert.Equal(["before", "sql> x"], _paper.Lines);
        Assert.Equal((1, 5), _paper.Cursor);
        _view.Leave();
        Show("next", 4, goingOn: true);
        Assert.Equal(["before", "sql> x", "  -> next"], _paper.Lines);
    }

    [Fact]
    public void A_long_line_scrolls_with_the_caret_and_never_reaches_the_edge()
    {
        Show("abcdefghijklmnopqrstuvwxyz", 26);
        Assert.Equal("sql> mnopqrstuvwxyz", _paper.Lines[1]);
        Assert.Equal((1, 19), _paper.Cursor);
        Show("abcdefghijklmnopqrstuvwxyz", 0);
        Assert.Equal("sql> abcdefghijklmn", _paper.Lines[1]);
        Assert.Equal((1, 5), _paper.Cursor);
    }

    [Fact]
    public void Wide_characters_take_two_cells()
    {
        Show("世界x", 2);
        Assert.Equal((1, 9), _paper.Cursor);
        Show("世界世界世界世界世界", 10);
        Assert.Equal("sql> 界世界世界世界", _paper.Lines[1]);
        Assert.Equal((1, 19), _paper.Cursor);
    }

    [Fact]
    public void More_lines_than_the_screen_has_scroll_with_the_caret()
    {
        Show("1\n2\n3\n4\n5\n6", 11);
        Assert.Equal(["before", "  -> 3", "  -> 4", "  -> 5", "  -> 6"], _paper.Lines);
        Show("1\n2\n3\n4\n5\n6", 0);
        Assert.Equal(["before", "sql> 1", "  -> 2", "  -> 3", "  -> 4"], _paper.Lines);
        Assert.Equal((1, 5), _paper.Cursor);
    }

    [Fact]
    public void Control_characters_are_shown_as_blanks()
    {
        Show("a\u001b[2Jb\tc", 8);
        Assert.Equal("sql> a [2Jb c", _paper.Lines[1]);
        Assert.Equal((1, 13), _paper.Cursor);
    }

    void Show(string text, int caret, bool goingOn = false)
    {
        _text.Set(text);
        _text.MoveTo(caret);
        _view.Draw(_text, goingOn, Width, Height);
    }
}
