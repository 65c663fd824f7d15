using CsvHelper;

namespace LocalOpinions.Surveys.Formats;

/// <summary>One data row of a CSV file: the wanted cells verbatim, in the order in which they were asked for.</summary>
readonly record struct TableRow(SurveyPlace Place, int Row, string[] Cells)
{
    public string this[int column] => Cells[column];
}

/// <summary>A CSV file with a header: columns found by name, blanks and line breaks in cells kept.</summary>
static class CsvTable
{
    // The library's defaults repair what is malformed; a survey is read as it is or not at all.
    static CsvReader Reader(byte[] utf8) => CsvReader.Create(utf8, new CsvReaderOptions
    {
        Separator = CsvSeparator.Of(utf8),
        TrimWhitespace = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        TrackLineNumbers = true,
    });

    public static string[] Header(byte[] utf8, string path)
    {
        using var reader = Reader(utf8);
        MoveNext(reader, new(path));
        return [.. reader.Headers];
    }

    /// <summary>Reads the wanted columns of every row; one that is not there is an error.</summary>
    /// <param name="utf8">The file.</param>
    /// <param name="path">Its path.</param>
    /// <param name="wanted">The columns.</param>
    /// <param name="orColumns">What else the first line may name, in words.</param>
    public static IEnumerable<TableRow> Read(byte[] utf8, string path, IReadOnlyList<string> wanted, string orColumns = "")
    {
        var place = new SurveyPlace(path);
        using var reader = Reader(utf8);
        var more = MoveNext(reader, place);
        string[] header = [.. reader.Headers];
        if (header.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1 && wanted.Contains(g.Key)) is { Key: var twice })
            throw new SurveyException(place with { Line = 1 }, $"the column {twice} is there twice", "Keep one of the two");
        int[] at = [.. wanted.Select(c => Array.IndexOf(header, c))];
        if (at.Contains(-1))
            throw new SurveyException(
                place with { Line = 1 },
                $"no column named {string.Join(", ", wanted.Except(header))} (found: {string.Join(", ", header)})",
                $"The first line must name the columns {string.Join(", ", wanted)}{orColumns}, in these letters, separated by commas, "
                    + "semicolons or tabs");

        for (var row = 0; more; row++, more = MoveNext(reader, place))
        {
            var here = place with { Row = row, Line = (int)reader.LineNumber };
            if (reader.FieldCount != header.Length)
                throw new SurveyException(
                    here,
                    $"{reader.FieldCount} cells under {header.Length} columns",
                    "Look for a missing or unmatched quotation mark here or in the row before");
            yield return new TableRow(here, row, Array.ConvertAll(at, reader.GetString));
        }
    }

    static bool MoveNext(CsvReader reader, SurveyPlace place)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw new SurveyException(
                // The header is record 1 and has no row number.
                place with { Row = e.RecordNumber > 1 ? (int)e.RecordNumber - 2 : null, Line = (int)e.LineNumber },
                "quotation marks do not match",
                "Put cells that hold quotation marks into quotation marks, and double those inside",
                e);
        }
    }
}
