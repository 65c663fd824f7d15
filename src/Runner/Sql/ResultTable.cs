using System.Globalization;
using System.Text;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;
using LocalOpinions.Store.Output;
using Spectre.Console;

namespace LocalOpinions.Runner.Sql;

/// <summary>Lays out rows for a terminal of a given width: long texts are cut, a wide row stands upright, no line wraps.</summary>
/// <remarks>Numbers are never cut; they are rounded to six digits, which the other formats do not do.</remarks>
sealed class ResultTable(IReadOnlyList<QueryColumn> columns, int width)
{
    const int NarrowestText = 12;
    const int MostUpright = 10;
    const string Gap = "  ";

    readonly List<string[]> _rows = [];

    public void Add(object?[] row) => _rows.Add([.. row.Select((cell, i) => Cell(cell, columns[i]))]);

    public void Write(TextWriter output)
    {
        var natural = new int[columns.Count];
        var least = new int[columns.Count];
        for (var i = 0; i < columns.Count; i++)
        {
            var (header, content) = (Width(Name(i)), _rows.Count == 0 ? 0 : _rows.Max(r => Width(r[i])));
            natural[i] = Math.Max(header, content);
            least[i] = Math.Min(natural[i], columns[i].IsNumber ? Math.Max(content, NarrowestText) : NarrowestText);
        }

        var shown = columns.Count;
        while (shown > 1 && Sum(least, shown) > width)
            shown--;
        if (shown < columns.Count && _rows.Count <= MostUpright)
            WriteUpright(output);
        else
            WriteColumns(Fit(natural[..shown], least[..shown]), output);
    }

    static int Sum(int[] widths, int count) => widths.Take(count).Sum() + Gap.Length * (count - 1);

    /// <summary>Natural widths, the widest cut to one common width where they do not fit.</summary>
    int[] Fit(int[] natural, int[] least)
    {
        for (var cap = natural.Max(); ; cap--)
        {
            var widths = natural.Select((w, i) => Math.Max(least[i], Math.Min(w, cap))).ToArray();
            if (Sum(widths, widths.Length) <= width || cap <= 1)
                return widths;
        }
    }

    void WriteColumns(int[] widths, TextWriter output)
    {
        WriteRow(Name, widths, output);
        output.WriteLine(string.Join(Gap, widths.Select(w => new string('─', Math.Min(w, width)))));
        foreach (var row in _rows)
            WriteRow(i => row[i], widths, output);
        if (widths.Length < columns.Count)
            output.WriteLine(Cut($"not shown, for want of width: {string.Join(", ", columns.Skip(widths.Length).Select(c => c.Name))}",
                width));
    }

    void WriteRow(Func<int, string> cell, int[] widths, TextWriter output)
    {
        var line = new StringBuilder();
        for (var i = 0; i < widths.Length; i++)
        {
            var text = Cut(cell(i), Math.Min(widths[i], width));
            var padding = new string(' ', Math.Max(0, widths[i] - Width(text)));
            line.Append(i == 0 ? "" : Gap).Append(columns[i].IsNumber ? padding + text : text + padding);
        }

        output.WriteLine(line.ToString().TrimEnd());
    }

    void WriteUpright(TextWriter output)
    {
        var names = columns.Select((_, i) => Cut(Name(i), width / 2)).ToArray();
        var widest = names.Max(Width);
        for (var r = 0; r < _rows.Count; r++)
        {
            if (_rows.Count > 1)
                output.WriteLine($"── row {r + 1} ".PadRight(Math.Min(width, 40), '─'));
            for (var i = 0; i < columns.Count; i++)
                output.WriteLine((names[i] + new string(' ', widest - Width(names[i])) + Gap
                    + Cut(_rows[r][i], width - widest - Gap.Length)).TrimEnd());
        }
    }

    string Name(int column) => Clean(columns[column].Name);

    static string Cell(object? cell, QueryColumn column) => cell switch
    {
        null => "NULL",
        float or double when column.IsNumber => ((IFormattable)cell).ToString("G6", CultureInfo.InvariantCulture),
        _ => Clean(CellText.Of(cell)),
    };

    // One line per row: a line break is shown, not obeyed.
    static string Clean(string text) => Screen.Clean(text.ReplaceLineEndings("↵").Replace('\t', ' '));

    static int Width(string text) => text.GetCellWidth();

    static string Cut(string text, int width)
    {
        // A character is two cells wide at most: a very long text need not be measured.
        if (text.Length > 4 * width)
            text = text[..(4 * width)] + "…";
        if (Width(text) <= width)
            return text;
        var (kept, used) = (new StringBuilder(), 0);
        foreach (var element in Elements(text))
        {
            used += Width(element);
            if (used > width - 1)
                break;
            kept.Append(element);
        }

        return kept.Append('…').ToString();
    }

    static IEnumerable<string> Elements(string text)
    {
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
            yield return elements.GetTextElement();
    }
}
