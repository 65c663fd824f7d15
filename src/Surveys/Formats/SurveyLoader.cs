namespace LocalOpinions.Surveys.Formats;

/// <summary>Loads surveys in every format that there is a reader for; docs/surveys.md describes them.</summary>
public static class SurveyLoader
{
    /// <summary>
    /// Loads a survey, whatever its format: the project's own (.yaml, .yml, .json), a CSV file in the format of GlobalOpinionQA or with one
    /// row
    /// per question, group and option, or a folder of OpinionQA.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <exception cref="SurveyException">It cannot be read or is in none of the formats; the message names the place and the
    /// remedy.</exception>
    public static Survey Load(string path)
    {
        if (Directory.Exists(path))
            return OpinionQa.Load(path);
        if (Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml" or ".json")
            return OwnSurvey.Load(SurveyFile.Read(path), path);
        var bytes = SurveyFile.Read(path);
        return LongCsv.IsHeader(CsvTable.Header(bytes, path)) ? LongCsv.Load(bytes, path) : GlobalOpinionQa.Load(bytes, path);
    }
}
