namespace LocalOpinions.Runner.Sql;

/// <summary>How a query's result is written.</summary>
enum ResultFormat
{
    Table,
    Csv,
    Json,
    Markdown,
    Parquet,
}

static class ResultFormats
{
    /// <summary>The format that a file's name asks for; null where it asks for none that there is.</summary>
    public static ResultFormat? OfFile(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".txt" => ResultFormat.Table,
        ".csv" => ResultFormat.Csv,
        ".json" => ResultFormat.Json,
        ".md" => ResultFormat.Markdown,
        ".parquet" => ResultFormat.Parquet,
        _ => null,
    };

    public const string Extensions = ".csv, .json, .md, .parquet or .txt";
}
