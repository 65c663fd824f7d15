using CsvHelper;

namespace LocalOpinions.Surveys;

/// <summary>One data row of the survey file, cells verbatim.</summary>
readonly record struct CsvRow(SurveyPlace Place, int Row, string Question, string Selections, string Options, string Source);

/// <summary>The rows of a survey file: columns found by name, blanks and line breaks in cells kept.</summary>
static class CsvRows
{
    static readonly string[] Columns = ["question", "selections", "options", "source"];

    // The library's defaults guess the separator and repair what is malformed; a survey is read as it is or not at all.
    static readonly CsvReaderOptions Strict = new()
    {
        Separator = ',',
        TrimWhitespace = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        TrackLineNumbers = true,
    };

    public static IEnumerable<CsvRow> Read(byte[] utf8, string path)
    {
        var place = new SurveyPlace(path);
        using var reader = CsvReader.Create(utf8, Strict);
        var more = MoveNext(reader, place);
        string[] header = [.. reader.Headers];
        var at = Array.ConvertAll(Columns, c => Array.IndexOf(header, c));
        if (at.Contains(-1))
            throw new SurveyException(
                place with { Line = 1 },
                $"no column named {string.Join(", ", Columns.Except(header))} (found: {string.Join(", ", header)})",
                $"The first line must name the columns {string.Join(", ", Columns)}, separated by commas");

        for (var row = 0; more; row++, more = MoveNext(reader, place))
        {
            var here = place with { Row = row, Line = (int)reader.LineNumber };
            if (reader.FieldCount != header.Length)
                throw new SurveyException(
                    here,
                    $"{reader.FieldCount} cells under {header.Length} columns",
                    "Look for a missing or unmatched quotation mark here or in the row before");
            string Cell(int column) => reader.GetString(at[column]);
            yield return new CsvRow(here, row, Cell(0), Cell(1), Cell(2), Cell(3));
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
