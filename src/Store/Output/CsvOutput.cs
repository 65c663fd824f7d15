using CsvHelper;

namespace LocalOpinions.Store.Output;

/// <summary>Writes a result as comma-separated values (RFC 4180).</summary>
/// <remarks>
/// A header line, then one record per row, each ended by CR LF. A field with a comma, a quote or a line break is quoted, quotes inside are
/// doubled; null is an empty field, empty text is <c>""</c>. Where there is one column only, null is <c>""</c> too: many readers pass over
/// an empty line, and with it over the row. Cells as in <see cref="CellText"/>; lists, structs and maps as DuckDB itself casts them, so the
/// result must come from QueryText where there are any. What is written does not wait for the last row.
/// </remarks>
public static class CsvOutput
{
    static readonly CsvWriterOptions s_options = new() { TrueValue = "true", FalseValue = "false" };

    /// <summary>Writes a result as UTF-8 without a byte order mark.</summary>
    public static void Write(QueryResult result, Stream output)
    {
        using var csv = CsvWriter.Create(output, s_options, leaveOpen: true);
        Write(result, csv);
    }

    /// <summary>Writes a result as text.</summary>
    public static void Write(QueryResult result, TextWriter output)
    {
        using var csv = CsvWriter.Create(output, s_options, leaveOpen: true);
        Write(result, csv);
    }

    static void Write(QueryResult result, CsvWriter csv)
    {
        WriteRecord([.. result.TextColumns.Select(c => c.Name)], csv);
        foreach (var row in result.Rows)
            WriteRecord(row, csv);
    }

    static void WriteRecord(ReadOnlySpan<object?> cells, CsvWriter csv)
    {
        foreach (var cell in cells)
            WriteField(cell, csv);
        csv.EndRecord();
    }

    // The numbers that results are full of are written without a string for each.
    static void WriteField(object? cell, CsvWriter csv)
    {
        switch (cell)
        {
            case double number:
                csv.WriteField(number);
                break;
            case float number:
                csv.WriteField(number);
                break;
            case int number:
                csv.WriteField(number);
                break;
            case long number:
                csv.WriteField(number);
                break;
            case bool truth:
                csv.WriteField(truth);
                break;
            case null:
                csv.WriteField((string?)null);
                break;
            default:
                WriteText(CellText.Of(cell), csv);
                break;
        }
    }

    static void WriteText(string text, CsvWriter csv) => csv.WriteField(text, text.Length == 0 ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
}
