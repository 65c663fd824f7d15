using Spectre.Console;

namespace LocalOpinions.Runner.Terminal;

/// <summary>What a column holds, and so what may happen to it where the terminal is narrow.</summary>
enum ColumnKind
{
    /// <summary>A name: cut, with an ellipsis.</summary>
    Text,

    /// <summary>A number, or several: never cut and never broken.</summary>
    Number,

    /// <summary>Sentences, a path: goes on in the next line, broken between words.</summary>
    Prose,

    /// <summary>Drawn for whatever width there is.</summary>
    Bar,
}

/// <summary>A column: its header, of one line or several, and what it holds.</summary>
readonly record struct Column(string Name, ColumnKind Kind = ColumnKind.Text)
{
    public static implicit operator Column(string name) => new(name);
}

/// <summary>A piece of a line in one style.</summary>
readonly record struct Span(string Text, Style? Style = null);

/// <summary>A cell: a text, or what is drawn for a given width.</summary>
readonly record struct TableCell(string Text, Style? Style = null, Func<int, IReadOnlyList<Span>>? Draw = null)
{
    public static implicit operator TableCell(string text) => new(text);
}

/// <summary>
/// A table for a terminal of whatever width: no line is longer, no number is broken. Columns for which there is no room are left out, the
/// last ones first, and named below; a few rows of too many columns stand upright.
/// </summary>
sealed class TextTable(params Column[] columns)
{
    const int MostUpright = 10;
    const string Gap = "  ";

    readonly List<TableCell[]> _rows = [];

    public void Add(params TableCell[] cells) => _rows.Add([.. cells.Select((c, i) => c with { Text = Plain(c.Text, columns[i].Kind) })]);

    /// <summary>Prints it on standard output.</summary>
    public void Write()
    {
        var console = Screen.Out;
        foreach (var line in Lines(console.Profile.Width))
        {
            var paragraph = new Paragraph();
            foreach (var (text, style) in Trimmed(line))
                paragraph.Append(text, style);
            console.Write(paragraph);
            console.WriteLine();
        }
    }

    /// <summary>Writes its text alone.</summary>
    public void Write(TextWriter output, int width)
    {
        foreach (var line in Lines(width))
            output.WriteLine(string.Concat(Trimmed(line).Select(s => s.Text)));
    }

    IEnumerable<IReadOnlyList<Span>> Lines(int width)
    {
        var widths = new ColumnWidths(columns, _rows, Gap.Length);
        var shown = widths.Shown(width);
        return shown < columns.Length && _rows.Count <= MostUpright ? Upright(width) : Rows(widths.Fit(shown, width), width);
    }

    IEnumerable<IReadOnlyList<Span>> Rows(int[] widths, int width)
    {
        if (columns.Any(c => c.Name.Length > 0))
        {
            foreach (var line in Row(i => CellLines.Header(columns[i].Name, widths[i], widths.Length, columns), widths))
                yield return line;
            yield return [new(string.Join(Gap, widths.Select(w => new string('─', Math.Min(w, width)))))];
        }
        foreach (var row in _rows)
        {
            foreach (var line in Row(i => CellLines.Of(row[i], columns[i].Kind, widths[i]), widths))
                yield return line;
        }
        if (widths.Length < columns.Length)
            yield return [new(CellLines.Cut("not shown, for want of width: "
                + string.Join(", ", columns.Skip(widths.Length).Select(OneLine).Where(n => n.Length > 0)), width))];
    }

    IEnumerable<IReadOnlyList<Span>> Row(Func<int, IReadOnlyList<IReadOnlyList<Span>>> cell, int[] widths)
    {
        var cells = widths.Select((_, i) => cell(i)).ToArray();
        for (var line = 0; line < cells.Max(c => c.Count); line++)
        {
            List<Span> spans = [];
            for (var i = 0; i < widths.Length; i++)
            {
                var content = line < cells[i].Count ? cells[i][line] : [];
                Span padding = new(new string(' ', Math.Max(0, widths[i] - CellLines.Width(content))));
                spans.Add(new(i == 0 ? "" : Gap));
                spans.AddRange(columns[i].Kind == ColumnKind.Number ? [padding, .. content] : [.. content, padding]);
            }
            yield return spans;
        }
    }

    IEnumerable<IReadOnlyList<Span>> Upright(int width)
    {
        var names = columns.Select(c => CellLines.Cut(OneLine(c), width / 2)).ToArray();
        var widest = names.Max(n => n.GetCellWidth());
        for (var r = 0; r < _rows.Count; r++)
        {
            if (_rows.Count > 1)
                yield return [new($"── row {r + 1} ".PadRight(Math.Min(width, 40), '─'))];
            for (var i = 0; i < columns.Length; i++)
            {
                var name = names[i] + new string(' ', widest - names[i].GetCellWidth()) + Gap;
                foreach (var line in CellLines.Of(_rows[r][i], columns[i].Kind, width - widest - Gap.Length))
                {
                    yield return [new(name), .. line];
                    name = new string(' ', name.GetCellWidth());
                }
            }
        }
    }

    static IEnumerable<Span> Trimmed(IReadOnlyList<Span> line)
    {
        var last = line.Count - 1;
        while (last > 0 && string.IsNullOrWhiteSpace(line[last].Text))
            last--;
        return line.Take(last).Append(line[last] with { Text = line[last].Text.TrimEnd() });
    }

    static string OneLine(Column column) => column.Name.Trim('\n').Replace('\n', ' ');

    // One line per row: a line break is shown, not obeyed, but in what has lines anyway.
    static string Plain(string text, ColumnKind kind) => Screen.Clean(
        (kind == ColumnKind.Prose ? text.ReplaceLineEndings("\n") : text.ReplaceLineEndings("↵")).Replace('\t', ' '));
}
