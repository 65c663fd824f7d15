using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys.Formats;

/// <summary>A question of a wave.</summary>
sealed record OpinionQaQuestion(SurveyPlace Place, string Key, string Text, IReadOnlyList<OptionDraft> Options);

/// <summary>Reads info.csv: the questions of a wave.</summary>
static class OpinionQaInfo
{
    const int Key = 0, Text = 1, References = 2, Ordinals = 3;

    public static List<OpinionQaQuestion> Read(OpinionQaFiles files, string path)
    {
        var bytes = files.Read(path);
        string[] columns = ["key", "question", "references", "option_ordinal"];
        var questions = CsvTable.Read(bytes, path, columns)
            .Select(row => new OpinionQaQuestion(row.Place, row[Key], row[Text], Options(row))).ToList();
        if (questions.Count == 0)
            throw new SurveyException(new(path), "no questions", "The file needs at least one row below its header");
        var twice = questions.GroupBy(q => q.Key).FirstOrDefault(g => g.Count() > 1)?.Last();
        return twice is null ? questions : throw new SurveyException(
            twice.Place.In("key"), $"the key {twice.Key} is used twice", "Keep one row per question");
    }

    static List<OptionDraft> Options(TableRow row)
    {
        string[] texts = [.. List(row, References, "references", PythonLiteral.ReadItems).Select(i => i.Text)];
        double[] ordinals = [.. List(row, Ordinals, "option_ordinal", PythonLiteral.ReadNumbers)];
        // As many places as options, or fewer: those without one are refusals, whatever their words. Otherwise the words alone tell.
        if (ordinals.Length == 0 || ordinals.Length > texts.Length)
            return [.. texts.Select(t => new OptionDraft(t, OptionWording.IsRefusal(t) ? OptionKind.Refusal : OptionKind.Unknown))];
        var kind = KindOf(ordinals);
        return [.. texts.Select((t, i) => i >= ordinals.Length ? new OptionDraft(t, OptionKind.Refusal)
            : new(t, kind, kind == OptionKind.Ordered ? ordinals[i] : null))];
    }

    /// <summary>All the same number is how the data set writes that there is no order; some the same put options in one place.</summary>
    static OptionKind KindOf(double[] ordinals) => ordinals.Any(double.IsNaN) ? OptionKind.Unknown
        : ordinals.Length > 1 && ordinals.Distinct().Count() == 1 ? OptionKind.Nominal
        : OptionKind.Ordered;

    delegate List<T> ListReader<T>(ReadOnlySpan<char> cell);

    static List<T> List<T>(TableRow row, int column, string name, ListReader<T> read)
    {
        try
        {
            return read(row[column]);
        }
        catch (PythonSyntaxException e)
        {
            throw new SurveyException(row.Place.In(name), e.Message,
                "Write the cell as Python would print a list, for example ['Yes', 'No']", e);
        }
    }
}

/// <summary>The attributes of people by which groups are formed, with the values that count.</summary>
sealed record OpinionQaAttributes(IReadOnlyList<(string Key, IReadOnlySet<string>? Values)> All)
{
    // Those of the published metadata.csv, for waves that come without one.
    static readonly string[] s_usual =
        ["CREGION", "AGE", "SEX", "EDUCATION", "CITIZEN", "MARITAL", "RELIG", "RELIGATTEND", "POLPARTY", "INCOME", "POLIDEOLOGY", "RACE"];

    public IEnumerable<string> Labels => All.SelectMany(a => (a.Values ?? new HashSet<string>()).Select(v => Label(a.Key, v)));

    public static string Label(string attribute, string value) => $"{attribute}: {value}";

    public static OpinionQaAttributes Read(OpinionQaFiles files, string wave)
    {
        var path = Path.Combine(wave, "metadata.csv");
        if (!File.Exists(path))
            return new([.. s_usual.Select(k => (k, (IReadOnlySet<string>?)null))]);
        List<(string, IReadOnlySet<string>?)> attributes = [];
        foreach (var row in CsvTable.Read(files.Read(path), path, ["key", "options"]))
        {
            try
            {
                attributes.Add((row[0], PythonLiteral.ReadItems(row[1]).Select(i => i.Text).ToHashSet()));
            }
            catch (PythonSyntaxException e)
            {
                throw new SurveyException(row.Place.In("options"), e.Message,
                    "Write the cell as Python would print a list, for example ['Male', 'Female']", e);
            }
        }
        return new(attributes);
    }
}
