namespace LocalOpinions.Surveys;

/// <summary>Loads survey files in the format of GlobalOpinionQA (<c>data/global_opinions.csv</c>).</summary>
public static class GlobalOpinionQa
{
    /// <summary>Loads a survey file whole.</summary>
    /// <param name="path">A CSV file in UTF-8 with the columns question, selections, options, source.</param>
    /// <returns>All rows, also those that cannot be asked, and every oddity met.</returns>
    /// <exception cref="SurveyException">The file cannot be read or is not in the format.</exception>
    public static Survey Load(string path)
    {
        var bytes = SurveyFile.Read(path);
        var builder = new SurveyBuilder();
        foreach (var row in CsvRows.Read(bytes, path))
            builder.Add(row.Place, row.Row, row.Source, row.Question, Options(row), Distributions(row));
        return builder.Build(Path.GetFileNameWithoutExtension(path), SurveyFile.Sha256(bytes), new(path));
    }

    static List<PythonItem> Options(CsvRow row)
    {
        try
        {
            return PythonLiteral.ReadItems(row.Options);
        }
        catch (PythonSyntaxException e)
        {
            throw Malformed(row, "options", "['Yes', 'No']", e);
        }
    }

    static List<KeyValuePair<string, double[]>> Distributions(CsvRow row)
    {
        try
        {
            return PythonLiteral.ReadDistributions(row.Selections);
        }
        catch (PythonSyntaxException e)
        {
            throw Malformed(row, "selections", "{'Kenya': [0.6, 0.4]}", e);
        }
    }

    static SurveyException Malformed(CsvRow row, string column, string example, PythonSyntaxException e) =>
        new(row.Place.In(column), e.Message, $"Write the cell as Python would print it, for example {example}", e);
}
