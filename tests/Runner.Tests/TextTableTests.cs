using System.Globalization;
using LocalOpinions.Runner.Terminal;
using Spectre.Console;
using TableCell = LocalOpinions.Runner.Terminal.TableCell;

namespace LocalOpinions.Runner.Tests;

/// <summary>Tables at any width: no line wraps, no number is broken, and what has no room is named.</summary>
public class TextTableTests
{
    [Fact]
    public void With_room_everything_stands_in_its_column() => Assert.Equal(
        ["         against", "country  uniform  bar", "───────  ───────  ──────────────────────────────",
            "Kenya      0.125  ##############################", "Türkiye   -1.500  ##############################"],
        Lines(80, Sample(("Kenya", "0.125"), ("Türkiye", "-1.500"))));

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(200)]
    public void No_line_is_wider_and_no_number_is_broken(int width)
    {
        var random = new Random(width);
        for (var round = 0; round < 200; round++)
        {
            Column[] columns = [.. Enumerable.Range(0, random.Next(1, 12)).Select(i => new Column($"column {i}"
                + (random.Next(3) == 0 ? "\nof two lines" : ""), (ColumnKind)random.Next(4)))];
            var table = new TextTable(columns);
            List<string[]> numbers = [];
            for (var r = random.Next(1, 20); r > 0; r--)
            {
                var cells = columns.Select(c => Cell(c.Kind, random)).ToArray();
                numbers.Add([.. cells.Select((c, i) => columns[i].Kind == ColumnKind.Number ? c.Text : "")]);
                table.Add(cells);
            }
            var lines = Lines(width, table);
            Assert.All(lines, l => Assert.InRange(l.GetCellWidth(), 0, width));
            var words = lines.SelectMany(l => l.Split(' ')).ToHashSet();
            var unseen = lines[^1].StartsWith("not shown", StringComparison.Ordinal);
            for (var i = 0; i < columns.Length; i++)
            {
                // A column that is left out is left out whole.
                var seen = numbers.Select(r => r[i]).Where(n => n.Length > 0).Select(words.Contains).Distinct().ToList();
                Assert.True(seen is [] or [true] || (unseen && seen is [false]), string.Join('\n', lines));
            }
        }
    }

    [Fact]
    public void Sentences_go_on_in_the_next_line_broken_between_words()
    {
        var table = new TextTable("name", new("what", ColumnKind.Prose));
        for (var i = 0; i < 11; i++)
            table.Add($"n{i}", "a path /without/any/blank/at/all/that/is/long and words behind it");
        Assert.Equal(["n0    a path", "      /without/any/blank/at/", "      all/that/is/long and", "      words behind it"],
            Lines(28, table)[2..6]);
    }

    static TextTable Sample(params (string Country, string Value)[] rows)
    {
        var table = new TextTable("country", new("against\nuniform", ColumnKind.Number), new("bar", ColumnKind.Bar));
        foreach (var (country, value) in rows)
            table.Add(country, value, new("", Draw: width => [new(new string('#', width))]));
        return table;
    }

    static TableCell Cell(ColumnKind kind, Random random) => kind switch
    {
        ColumnKind.Number => (TableCell)(random.NextDouble() * Math.Pow(10, random.Next(9))).ToString("F4", CultureInfo.InvariantCulture),
        ColumnKind.Bar => new("", Draw: width => [new(new string('█', width / 2)), new("│"), new(new string('█', width - width / 2 - 1))]),
        _ => string.Join(' ', Enumerable.Range(0, random.Next(1, 15))
            .Select(_ => new string(random.Next(2) == 0 ? 'x' : '語', random.Next(1, 30)))),
    };

    static string[] Lines(int width, TextTable table)
    {
        using var text = new StringWriter();
        table.Write(text, width);
        return text.ToString().ReplaceLineEndings("\n").Split('\n')[..^1];
    }
}
