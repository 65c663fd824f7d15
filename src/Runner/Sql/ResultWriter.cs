using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;
using LocalOpinions.Store.Output;
using LocalOpinions.Store.Sql;

namespace LocalOpinions.Runner.Sql;

/// <summary>Writes results to the terminal, to standard output or into a file.</summary>
static class ResultWriter
{
    const int RowsShown = 200;

    /// <summary>Runs what is to be printed or saved in a format.</summary>
    public static QueryResult Query(SqlSession session, string sql, ResultFormat format) =>
        format is ResultFormat.Csv or ResultFormat.Markdown ? session.QueryText(sql) : session.Query(sql);

    /// <summary>Prints a result; returns what there is to say about it.</summary>
    public static string Print(QueryResult result, ResultFormat format)
    {
        if (format == ResultFormat.Table && result.IsSelect)
            return PrintTable(result, Console.Out, Screen.Out.Profile.Width);
        if (format == ResultFormat.Table || !result.IsSelect)
        {
            foreach (var _ in result.Rows) { }
            return "done";
        }

        if (format == ResultFormat.Json || (format == ResultFormat.Csv && Console.IsOutputRedirected))
        {
            using var output = Console.OpenStandardOutput();
            WriteBytes(result, format, output);
        }
        else if (Console.IsOutputRedirected)
        {
            WriteText(result, format, Console.Out);
        }
        else
        {
            // A terminal obeys control characters; a file keeps them.
            using var text = new StringWriter();
            WriteText(result, format, text);
            Console.Out.Write(Screen.Clean(text.ToString().ReplaceLineEndings()));
        }

        return "";
    }

    /// <summary>Writes the result of the last statement into a file.</summary>
    public static void Save(SqlSession session, string sql, ResultFormat format, string path)
    {
        if (format == ResultFormat.Parquet)
        {
            session.WriteParquet(sql, path);
            return;
        }

        using var result = Query(session, sql, format);
        using var output = File.Create(path);
        if (format is ResultFormat.Json or ResultFormat.Csv)
        {
            WriteBytes(result, format, output);
            return;
        }

        using var text = new StreamWriter(output);
        WriteText(result, format, text);
    }

    static void WriteBytes(QueryResult result, ResultFormat format, Stream output)
    {
        if (format == ResultFormat.Json)
            JsonOutput.Write(result, output);
        else
            CsvOutput.Write(result, output);
    }

    static void WriteText(QueryResult result, ResultFormat format, TextWriter output)
    {
        switch (format)
        {
            case ResultFormat.Csv:
                CsvOutput.Write(result, output);
                break;
            case ResultFormat.Markdown:
                MarkdownOutput.Write(result, output);
                break;
            default:
                PrintTable(result, output, int.MaxValue / 8, int.MaxValue);
                break;
        }
    }

    static string PrintTable(QueryResult result, TextWriter output, int width, int rowsShown = RowsShown)
    {
        var table = new ResultTable(result.Columns, width);
        var count = 0L;
        foreach (var row in result.Rows)
        {
            if (++count <= rowsShown)
                table.Add(row);
        }
        table.Write(output);
        return count > rowsShown
            ? $"{rowsShown} of {count:N0} rows; the other formats write them all"
            : $"{count:N0} row{(count == 1 ? "" : "s")}";
    }
}
