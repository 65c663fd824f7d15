using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Formats;

/// <summary>Loads surveys in the project's own format: YAML, or the same as JSON. docs/surveys.md describes it.</summary>
sealed class OwnSurvey : ISurveyFormat
{
    public const string Format = "localopinions-survey/1";

    // Figures are rounded: more than this is a mistake.
    const double LowestSum = 0.97, HighestSum = 1.03;

    public string Name => "your own";

    public string Description => "a file of your own (YAML or JSON)";

    public bool Recognises(SurveyInput input) => !input.IsFolder && input.Extension is ".yaml" or ".yml" or ".json";

    public bool Marks(SurveyInput input) => !input.IsFolder && input.Bytes.AsSpan().IndexOf("localopinions-survey/"u8) >= 0;

    public Survey Load(SurveyInput input)
    {
        var (utf8, path) = (input.Bytes, input.Path);
        var file = YamlFile.Read(utf8, path).Fields("the survey", "format", "name", "language", "notice", "source", "groups", "questions");
        var format = file.Required("format");
        if (format.Text("format") != Format)
            throw format.Wrong($"the format is \"{format.Node}\"", $"This version reads {Format}");
        var groups = file["groups"] is { } declared ? Groups(declared) : [];
        var builder = new SurveyBuilder(LowestSum, HighestSum);
        var questions = file.Required("questions");
        var items = questions.Items("questions");
        if (items.Count == 0)
            throw questions.Wrong("no questions", "Add at least one question");
        var reader = new QuestionReader(groups, file.OptionalText("source") ?? "own");
        for (var row = 0; row < items.Count; row++)
            builder.Add(reader.Read(items[row], row));
        var survey = builder.Build(file.OptionalText("name") ?? Path.GetFileNameWithoutExtension(path), SurveyFile.Sha256(utf8), new(path),
            file.OptionalText("notice"), groups);
        return survey with { Language = LanguageField.Read(file["language"]) ?? survey.Language };
    }

    static Dictionary<string, Country> Groups(YamlPart part)
    {
        var groups = new Dictionary<string, Country>();
        foreach (var (name, value) in part.Entries("groups"))
        {
            var label = name.Text("a group's label");
            var fields = value.Fields($"the group {label}", "name", "country", "sample", "prompt", "wave");
            groups.Add(label, Group(label, fields) with { Wave = fields.OptionalText("wave")?.Trim() });
        }
        return groups;
    }

    static Country Group(string label, YamlFields fields)
    {
        // Only when its people were asked: that makes no other population of a country.
        if (fields.Count == 1 && fields["wave"] is not null)
            return Countries.Find(label);
        var country = fields["country"] is { } named ? Known(named) : null;
        var sample = fields.Word("sample", "national", "non-national") == "non-national" ? SampleKind.NonNational : SampleKind.National;
        return new(label, fields.OptionalText("name") ?? country?.Name ?? label, country?.Spoken ?? label, country?.Iso3, sample)
        {
            Member = fields["prompt"] is { } member ? Member(member) : null,
        };
    }

    static string Member(YamlPart part)
    {
        var text = part.Text("prompt").Trim();
        return text.AsSpan().ContainsAny("{}\r\n")
            ? throw part.Wrong("prompt holds a brace or a line break",
                "Write a few plain words that fit \"How would ... answer\", for example \"a supporter of the party\"")
            : text;
    }

    static Country Known(YamlPart part)
    {
        try
        {
            return Countries.Named(part.Text("country"));
        }
        catch (SurveyException e) when (e.File.Length == 0)
        {
            throw part.Wrong($"no country is called \"{part.Node}\"", e.Remedy, e);
        }
    }
}
