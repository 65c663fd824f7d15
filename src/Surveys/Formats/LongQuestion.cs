using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys.Formats;

/// <summary>A question of a long CSV while its rows are gathered.</summary>
sealed class LongQuestion(SurveyPlace place, string? id, string text, string source)
{
    readonly OrderedDictionary<string, OptionKind?> _options = [];
    readonly OrderedDictionary<string, (Dictionary<string, double> Figures, int? Respondents, SurveyPlace Place)> _groups = [];

    public SurveyPlace Place => place;

    public string Text => text;

    public void Add(SurveyPlace here, string option, OptionKind? kind, string group, double figure, int? respondents)
    {
        if (string.IsNullOrWhiteSpace(option) || string.IsNullOrWhiteSpace(group))
            throw new SurveyException(here.In(string.IsNullOrWhiteSpace(option) ? "option" : "group"), "the cell is empty",
                "Name the option and the group in every row");
        if (!_options.TryAdd(option, kind) && _options[option] != kind)
            throw new SurveyException(here.In("kind"), $"the option \"{option}\" has another kind in an earlier row",
                "Give an option one kind in all rows of its question");
        if (!_groups.TryGetValue(group, out var known))
            _groups.Add(group, known = ([], respondents, here));
        if (known.Respondents != respondents)
            throw new SurveyException(here.In("n"), $"{group} has another n in row {known.Place.Row}",
                "Give a group one n in all rows of a question");
        if (!known.Figures.TryAdd(option, figure))
            throw new SurveyException(here, $"the option \"{option}\" has a figure for {group} already",
                "Keep one row per question, group and option");
    }

    /// <summary>
    /// The whole question. A group without a row for an option has nobody there: shares that then do not sum to 1 are refused.
    /// </summary>
    public QuestionDraft Draft(int row, string unit)
    {
        string[] texts = [.. _options.Keys];
        var (kinds, values) = _options.Values.All(k => k is null) ? ScaleWording.Recognise(texts) : Declared();
        return new(place, row, id, source, text, [.. texts.Select((t, i) => new OptionDraft(t, kinds[i], values[i]))],
            [.. _groups.Select(g => Distribution(g.Key, g.Value))]);

        DistributionDraft Distribution(string group, (Dictionary<string, double> Figures, int? Respondents, SurveyPlace Place) found)
        {
            double[] figures = [.. texts.Select(t => found.Figures.GetValueOrDefault(t) / (unit == "percent" ? 100 : 1))];
            var counted = unit == "count" ? Math.Max(1, (int)Math.Min(figures.Sum(), int.MaxValue)) : (int?)null;
            return new(group, figures, found.Place.In(unit), found.Respondents ?? counted, AreCounts: unit == "count");
        }
    }

    (OptionKind[], double?[]) Declared()
    {
        OptionKind[] kinds = [.. _options.Values.Select(k => k ?? OptionKind.Unknown)];
        return (kinds, [.. kinds.Select((k, i) => k == OptionKind.Ordered ? i + 1 : (double?)null)]);
    }
}
