using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys.Formats;

/// <summary>
/// Loads survey files in the format of GlobalOpinionQA (<c>data/global_opinions.csv</c>): a CSV file in UTF-8 with the columns question,
/// selections, options, source. All rows are kept, also those that cannot be asked.
/// </summary>
sealed class GlobalOpinionQa : ISurveyFormat
{
    // The published file itself has sums from 0.98 to 1.072; percentages sum to 100.
    const double LowestSum = 0.5, HighestSum = 1.5;

    const int Question = 0, Selections = 1, OptionList = 2, Source = 3;

    // A file that is in no format at all may have been meant as a long one.
    const string OrLong = " (or question, group, option and share, for one row per group and option)";

    // What the published file's own licence asks to be said wherever its figures are shown.
    const string Credit = "People\u2019s answers: Pew Research Center Global Attitudes Surveys (GAS) and World Values Survey (WVS), as "
        + "published in GlobalOpinionQA (Durmus et al. 2023), which does not give the years of fieldwork. Licence: CC BY-NC-SA 4.0.";

    // The two studies of the published file.
    static readonly string[] s_sources = ["GAS", "WVS"];

    static readonly string[] s_columns = ["question", "selections", "options", "source"];

    public string Name => "GlobalOpinionQA";

    public string Description => "a CSV file of GlobalOpinionQA";

    /// <summary>Every file: what is missing in one that is in no format at all is best said by the one that most files are in.</summary>
    public bool Recognises(SurveyInput input) => !input.IsFolder;

    public bool Marks(SurveyInput input) => !input.IsFolder && s_columns.All(input.CsvHeader.Contains);

    public Survey Load(SurveyInput input)
    {
        var (bytes, path) = (input.Bytes, input.Path);
        var builder = new SurveyBuilder(LowestSum, HighestSum);
        var sources = new HashSet<string>();
        foreach (var row in CsvTable.Read(bytes, path, s_columns, OrLong))
        {
            sources.Add(row[Source]);
            builder.Add(new(row.Place, row.Row, Id: null, row[Source], row[Question], Options(row),
                [.. Distributions(row).Select(d => new DistributionDraft(d.Key, d.Value, row.Place.In("selections")))]));
        }
        // People's own files may be in this format too: theirs is another's work.
        return builder.Build(Path.GetFileNameWithoutExtension(path), SurveyFile.Sha256(bytes), new(path),
            sources.SetEquals(s_sources) ? Credit : null);
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
