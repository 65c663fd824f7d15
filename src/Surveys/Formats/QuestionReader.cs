using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Formats;

/// <summary>Reads the questions of a survey in the project's own format.</summary>
sealed class QuestionReader(IReadOnlyDictionary<string, Country> groups, string defaultSource)
{
    public QuestionDraft Read(YamlPart part, int row)
    {
        var fields = part.Fields("a question", "id", "text", "source", "scale", "options", "answers");
        var id = fields.Text("id");
        var scale = fields.Word("scale", "ordered", "nominal");
        var options = fields.Required("options").Items("options").Select((o, i) => Option(o, i, scale)).ToList();
        if (options.Count < OptionLimits.Fewest)
            throw fields.Required("options").Wrong($"the question {id} has {options.Count} option{(options.Count == 1 ? "" : "s")}",
                "Give two or more");
        foreach (var (index, (text, _)) in options.Index())
        {
            if (options.FindIndex(o => o.Draft.Text == text.Text) is var first && first != index)
                throw options[index].Part.Wrong($"option {index + 1} of the question {id} is the same as option {first + 1}",
                    "Word each option differently");
        }
        return new(
            part.Place, row, id, fields.OptionalText("source") ?? defaultSource, fields.Required("text").AnyText("text"),
            [.. options.Select(o => o.Draft)],
            fields["answers"] is { } answers ? [.. answers.Entries("answers").Select(a => Distribution(a.Name, a.Value))] : []);
    }

    static (OptionDraft Draft, YamlPart Part) Option(YamlPart part, int index, string? scale)
    {
        var plain = scale switch { "ordered" => OptionKind.Ordered, "nominal" => OptionKind.Nominal, _ => OptionKind.Unknown };
        if (!part.IsMapping)
            return (new(part.Text("an option"), plain, plain == OptionKind.Ordered ? index + 1 : null), part);
        var fields = part.Fields("an option", "text", "kind", "value");
        var kind = fields.Word("kind", "refusal", "total") switch
        {
            "refusal" => OptionKind.Refusal,
            "total" => OptionKind.Total,
            _ => plain,
        };
        var value = fields["value"]?.Number("value");
        if (value is not null && kind != OptionKind.Ordered)
            throw fields.Required("value").Wrong("a value without a scale",
                "Write scale: ordered for the question, or leave the value out");
        return (new(fields.Text("text"), kind, kind == OptionKind.Ordered ? value ?? index + 1 : null), part);
    }

    DistributionDraft Distribution(YamlPart name, YamlPart part)
    {
        var label = Group(name);
        if (part.IsSequence)
            return new(label, Numbers(part, label), part.Place);
        var fields = part.Fields($"the answers of {label}", "n", "shares", "percent", "counts");
        string[] given = [.. new[] { "shares", "percent", "counts" }.Where(u => fields[u] is not null)];
        if (given.Length != 1)
            throw part.Wrong($"the answers of {label} have {(given.Length == 0 ? "no figures" : string.Join(" and ", given))}",
                "Give one of shares, percent or counts");
        var figures = fields.Required(given[0]);
        var values = Numbers(figures, label);
        var n = fields["n"]?.Whole("n");
        return given[0] switch
        {
            "percent" => new(label, Array.ConvertAll(values, v => v / 100), figures.Place, n),
            "counts" => new(label, values, figures.Place,
                CountedPeople.Of(label, values, n, fields["n"]?.Place ?? figures.Place), AreCounts: true),
            _ => new(label, values, figures.Place, n),
        };
    }

    string Group(YamlPart name)
    {
        var label = name.Text("a group's label");
        if (groups.ContainsKey(label) || Countries.Find(label).Iso3 is not null)
            return label;
        // A code, or another spelling, is no label, but says who is meant.
        var near = CountryNames.Label(label) is { } called ? [called]
            : groups.Keys.Concat(CountryNames.Near(label)).GroupBy(k => EditDistance.Between(k, label)).Where(g => g.Key <= 2)
                .MinBy(g => g.Key)?.Distinct().Take(3).ToList() ?? [];
        throw name.Wrong(
            $"\"{label}\" is no country of the table, and groups does not declare it",
            (near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}? " : "")
                + $"Any other population is declared once at the top: groups: {{\"{label}\": {{}}}}");
    }

    static double[] Numbers(YamlPart part, string label) =>
        [.. part.Items($"the figures of {label}").Select(v => v.Number($"a figure of {label}"))];
}
