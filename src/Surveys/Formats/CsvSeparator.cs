namespace LocalOpinions.Surveys.Formats;

/// <summary>What separates the cells of a CSV file. Spreadsheets of many countries write semicolons, others tabs.</summary>
static class CsvSeparator
{
    static readonly byte[] s_known = [.. ",;\t|"u8];

    /// <summary>Whichever of comma, semicolon, tab and bar stands most often in the first line, outside quotation marks.</summary>
    public static char Of(ReadOnlySpan<byte> utf8)
    {
        var counts = new int[s_known.Length];
        var quoted = false;
        foreach (var c in utf8.TrimStart("\r\n"u8))
        {
            if (c == '"')
                quoted = !quoted;
            else if (c is (byte)'\n' or (byte)'\r' && !quoted)
                break;
            else if (!quoted && Array.IndexOf(s_known, c) is >= 0 and var i)
                counts[i]++;
        }
        return (char)s_known[Array.IndexOf(counts, counts.Max())];
    }
}
