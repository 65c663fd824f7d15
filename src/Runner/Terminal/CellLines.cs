using System.Globalization;
using System.Text;
using Spectre.Console;

namespace LocalOpinions.Runner.Terminal;

/// <summary>The lines that a cell takes in a column of a given width.</summary>
static class CellLines
{
    public static IReadOnlyList<IReadOnlyList<Span>> Of(TableCell cell, ColumnKind kind, int width) =>
        cell.Draw is { } draw ? [draw(width)]
        : kind == ColumnKind.Prose ? [.. Wrapped(cell.Text, width).Select(l => Line(l, cell.Style))]
        : [Line(Cut(cell.Text, width), cell.Style)];

    /// <summary>A header's lines, above which those of taller headers stand.</summary>
    public static IReadOnlyList<IReadOnlyList<Span>> Header(string name, int width, int shown, IReadOnlyList<Column> columns)
    {
        var lines = name.Split('\n');
        var tallest = columns.Take(shown).Max(c => c.Name.Split('\n').Length);
        return [.. Enumerable.Repeat("", tallest - lines.Length).Concat(lines).Select(l => Line(Cut(l, width), null))];
    }

    public static int Width(IEnumerable<Span> spans) => spans.Sum(s => s.Text.GetCellWidth());

    /// <summary>As much of a text as there is room for.</summary>
    public static string Cut(string text, int width)
    {
        // A character is two cells wide at most: a very long text need not be measured.
        if (text.Length > 4L * width)
            text = text[..(4 * width)] + "…";
        if (text.GetCellWidth() <= width)
            return text;
        return Head(text, width - 1) + "…";
    }

    static IReadOnlyList<Span> Line(string text, Style? style) => [new(text, style)];

    /// <summary>A text in lines that are no wider, broken between words.</summary>
    /// <param name="text">One paragraph or several.</param>
    /// <param name="width">In cells.</param>
    /// <param name="whole">Whether a word that is wider itself, such as a path, stays whole.</param>
    public static IEnumerable<string> Wrapped(string text, int width, bool whole = false)
    {
        foreach (var paragraph in text.Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' '))
            {
                var rest = word;
                if (line.Length > 0 && $"{line} {rest}".GetCellWidth() <= width)
                {
                    line = $"{line} {rest}";
                    continue;
                }
                if (line.Length > 0)
                    yield return line;
                // A path may have no blank to break at.
                while (!whole && rest.GetCellWidth() > width && Head(rest, width) is { Length: > 0 } head)
                {
                    yield return head;
                    rest = rest[head.Length..];
                }
                line = rest;
            }
            yield return line;
        }
    }

    static string Head(string text, int width)
    {
        var (kept, used) = (new StringBuilder(), 0);
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
        {
            used += elements.GetTextElement().GetCellWidth();
            if (used > width)
                break;
            kept.Append(elements.GetTextElement());
        }
        return kept.ToString();
    }
}
