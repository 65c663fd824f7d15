namespace LocalOpinions.Store;

/// <summary>Writes a result as comma-separated values (RFC 4180).</summary>
public static class CsvOutput
{
    /// <summary>
    /// A header line, then one record per row, each ended by CR LF. A field with a comma, a quote or a line break is
    /// quoted, quotes inside are doubled; null is an empty field, empty text is <c>""</c>. Cells as in <see cref="CellText"/>.
    /// </summary>
    public static void Write(QueryResult result, TextWriter output)
    {
        WriteRecord(result.Columns.Select(object? (c) => c.Name), output);
        foreach (var row in result.Rows)
            WriteRecord(row, output);
    }

    static void WriteRecord(IEnumerable<object?> cells, TextWriter output)
    {
        var separator = "";
        foreach (var cell in cells)
        {
            output.Write(separator);
            WriteField(cell, output);
            separator = ",";
        }

        output.Write("\r\n");
    }

    static void WriteField(object? cell, TextWriter output)
    {
        if (cell is null)
            return;
        var text = CellText.Of(cell);
        if (text.Length > 0 && text.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            output.Write(text);
            return;
        }

        output.Write('"');
        output.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        output.Write('"');
    }
}
