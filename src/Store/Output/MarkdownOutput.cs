using System.Text;

namespace LocalOpinions.Store.Output;

/// <summary>Writes a result as a Markdown table (GitHub's).</summary>
public static class MarkdownOutput
{
    /// <summary>
    /// Numbers are aligned to the right. What would end a cell or begin markup is escaped, a line break is <c>&lt;br&gt;</c>. Cells as in
    /// <see cref="CellText"/>; a result with lists, structs or maps must come from QueryText.
    /// </summary>
    public static void Write(QueryResult result, TextWriter output)
    {
        WriteRow(result.TextColumns.Select(c => c.Name), output);
        WriteRow(result.Columns.Select(c => c.IsNumber ? "---:" : "---"), output, escape: false);
        foreach (var row in result.Rows)
            WriteRow(row.Select(CellText.Of), output);
    }

    static void WriteRow(IEnumerable<string> cells, TextWriter output, bool escape = true)
    {
        output.Write('|');
        foreach (var cell in cells)
        {
            output.Write(' ');
            output.Write(escape ? Escaped(cell) : cell);
            output.Write(" |");
        }

        output.Write('\n');
    }

    static string Escaped(string text)
    {
        var lines = text.ReplaceLineEndings("\n");
        var escaped = new StringBuilder(lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            _ = lines[i] switch
            {
                '\n' => escaped.Append("<br>"),
                '<' => escaped.Append("&lt;"),
                '&' => escaped.Append("&amp;"),
                // Inside a word, as in most names of columns, an underscore is only itself.
                '_' when i > 0 && i + 1 < lines.Length && char.IsAsciiLetterOrDigit(lines[i - 1])
                    && char.IsAsciiLetterOrDigit(lines[i + 1]) => escaped.Append('_'),
                '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '~' => escaped.Append('\\').Append(lines[i]),
                var c => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
