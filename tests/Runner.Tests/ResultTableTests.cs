using LocalOpinions.Runner.Sql;
using LocalOpinions.Store;
using Spectre.Console;

namespace LocalOpinions.Runner.Tests;

public class ResultTableTests
{
    static readonly QueryColumn s_text = new("country", "VARCHAR"), s_number = new("similarity_bits", "DOUBLE");

    [Fact]
    public void What_fits_is_shown_as_it_is_with_numbers_to_the_right()
    {
        Assert.Equal(["country  similarity_bits", "───────  ───────────────", "France          0.123457", "NULL                 0.5"],
            Lines(80, [s_text, s_number], ["France", 0.123456789], [null, 0.5]));
    }

    [Fact]
    public void Long_texts_are_cut_and_numbers_are_not()
    {
        var lines = Lines(40, [s_text, s_number], [new string('x', 5000), 123456.0]);
        Assert.Contains("xxx…  ", lines[2]);
        Assert.EndsWith("123456", lines[2]);
        Assert.All(lines, l => Assert.InRange(l.GetCellWidth(), 1, 40));
    }

    [Fact]
    public void Columns_without_room_are_named()
    {
        QueryColumn[] columns = [.. Enumerable.Range(0, 20).Select(i => new QueryColumn($"column_number_{i}", "VARCHAR"))];
        var rows = Enumerable.Range(0, 30).Select(r => columns.Select(c => (object?)$"value {r} of {c.Name}").ToArray()).ToArray();
        var lines = Lines(60, columns, rows);
        Assert.StartsWith("not shown, for want of width: column_number_4, ", lines[^1]);
        Assert.All(lines, l => Assert.InRange(l.GetCellWidth(), 1, 60));
    }

    [Fact]
    public void A_few_wide_rows_stand_upright()
    {
        QueryColumn[] columns = [.. Enumerable.Range(0, 20).Select(i => new QueryColumn($"column_{i}", "VARCHAR"))];
        var lines = Lines(60, columns, [.. columns.Select(c => (object?)$"value of {c.Name}")]);
        Assert.Equal(20, lines.Length);
        Assert.Equal("column_19  value of column_19", lines[^1]);
    }

    [Fact]
    public void Wide_characters_line_breaks_and_control_characters_keep_their_row()
    {
        var lines = Lines(30, [s_text, s_number], ["日本語日本語日本語日本語日本語", 1.0], ["two\r\nlines\tand \u001b[2J", 2.0], ["👩‍👩‍👧‍👦 family", 3.0]);
        Assert.Equal(5, lines.Length);
        Assert.All(lines, l => Assert.InRange(l.GetCellWidth(), 1, 30));
        Assert.StartsWith("two↵lines and…", lines[3]);
    }

    [Fact]
    public void No_rows_are_a_header() => Assert.Equal(["country", "───────"], Lines(80, [s_text]));

    // Whatever comes, no line is wider than the terminal.
    [Fact]
    public void Random_tables_keep_to_the_width()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            QueryColumn[] columns = [.. Enumerable.Range(0, random.Next(1, 15))
                .Select(i => new QueryColumn(new string('n', random.Next(1, 40)), random.Next(2) == 0 ? "VARCHAR" : "DOUBLE"))];
            object?[][] rows = [.. Enumerable.Range(0, random.Next(0, 25))
                .Select(_ => columns.Select(c => c.IsNumber ? random.NextDouble() * 1e9 : (object?)new string('x', random.Next(0, 90)))
                .ToArray())];
            var width = random.Next(24, 200);
            Assert.All(Lines(width, columns, rows), l => Assert.InRange(l.GetCellWidth(), 0, width));
        }
    }

    static string[] Lines(int width, QueryColumn[] columns, params object?[][] rows)
    {
        var table = new ResultTable(columns, width);
        foreach (var row in rows)
            table.Add(row);
        using var text = new StringWriter();
        table.Write(text);
        return text.ToString().ReplaceLineEndings("\n").Split('\n')[..^1];
    }
}
