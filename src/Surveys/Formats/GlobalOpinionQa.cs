using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys.Formats;

/// <summary>Loads survey files in the format of GlobalOpinionQA (<c>data/global_opinions.csv</c>).</summary>
public static class GlobalOpinionQa
{
    // The published file itself has sums from 0.98 to 1.072; percentages sum to 100.
    const double LowestSum = 0.5, HighestSum = 1.5;

    const int Question = 0, Selections = 1, OptionList = 2, Source = 3;

    static readonly string[] s_columns = ["question", "selections", "options", "source"];

    /// <summary>Loads a survey file whole.</summary>
    /// <param name="path">A CSV file in UTF-8 with the columns question, selections, options, source.</param>
    /// <returns>All rows, also those that cannot be asked, and every oddity met.</returns>
    /// <exception cref="SurveyException">The file cannot be read or is not in the format.</exception>
    public static Survey Load(string path) => Load(SurveyFile.Read(path), path);

    internal static Survey Load(byte[] bytes, string path)
    {
        var builder = new SurveyBuilder(LowestSum, HighestSum);
        foreach (var row in CsvTable.Read(bytes, path, s_columns))
            builder.Add(new(row.Place, row.Row, Id: null, row[Source], row[Question], Options(row),
                [.. Distributions(row).Select(d => new DistributionDraft(d.Key, d.Value, row.Place.In("selections")))]));
        return builder.Build(Path.GetFileNameWithoutExtension(path), SurveyFile.Sha256(bytes), new(path));
    }

    static List<OptionDraft> Options(TableRow row)
    {
        List<PythonItem> items;
        try
        {
            items = PythonLiteral.ReadItems(row[OptionList]);
        }
        catch (PythonSyntaxException e)
        {
            throw Malformed(row, "options", "['Yes', 'No']", e);
        }
        var (kinds, values) = ScaleWording.Recognise([.. items.Select(i => i.Text)]);
        return [.. items.Select((item, i) => new OptionDraft(item.Text, kinds[i], values[i], !item.IsString))];
    }

    static List<KeyValuePair<string, double[]>> Distributions(TableRow row)
    {
        try
        {
            return PythonLiteral.ReadDistributions(row[Selections]);
        }
        catch (PythonSyntaxException e)
        {
            throw Malformed(row, "selections", "{'Kenya': [0.6, 0.4]}", e);
        }
    }

    static SurveyException Malformed(TableRow row, string column, string example, PythonSyntaxException e) =>
        new(row.Place.In(column), e.Message, $"Write the cell as Python would print it, for example {example}", e);
}
