namespace LocalOpinions.Surveys.Formats;

/// <summary>What lies at a survey's path: a folder, or a file that is read once, however many formats look at it.</summary>
/// <param name="path">The file or folder.</param>
sealed class SurveyInput(string path)
{
    byte[]? _bytes;
    string[]? _header;

    public string Path => path;

    public bool IsFolder { get; } = Directory.Exists(path);

    /// <summary>The ending of the file's name in lower case, with its dot.</summary>
    public string Extension => System.IO.Path.GetExtension(path).ToLowerInvariant();

    /// <summary>The file's bytes, proved to be UTF-8.</summary>
    /// <exception cref="SurveyException">It cannot be read, is empty or no text.</exception>
    public byte[] Bytes => _bytes ??= SurveyFile.Read(path, SurveyStep.StartSurvey);

    /// <summary>The first line of the file, taken for a CSV file's.</summary>
    /// <exception cref="SurveyException">It cannot be read, or its quotation marks do not match.</exception>
    public IReadOnlyList<string> CsvHeader => _header ??= CsvTable.Header(Bytes, path);
}
