using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys.Formats;

/// <summary>A question of a long CSV while its rows are gathered.</summary>
sealed class LongQuestion(SurveyPlace place, string? id, string text, string source)
{
    readonly OrderedDictionary<string, OptionKind?> _options = [];
    readonly OrderedDictionary<string, LongGroup> _groups = [];

    public SurveyPlace Place => place;

    public string Text => text;

    /// <summary>A row with a group's figure for an option.</summary>
    public void Add(SurveyPlace here, string option, OptionKind? kind, string group, double figure, int? respondents)
    {
        if (string.IsNullOrWhiteSpace(group))
            throw Empty(here, "group");
        Name(here, option, kind);
        var known = GroupOf(group, here, respondents);
        if (known.Respondents != respondents)
            throw new SurveyException(here.In("n"), $"{group} has another n in row {known.Place.Row}",
                "Give a group one n in all rows of a question");
        if (!known.Figures.TryAdd(option, figure))
            throw new SurveyException(here, $"the option \"{option}\" has a figure for {group} already",
                "Keep one row per question, group and option");
    }

    /// <summary>A row with a person's answer.</summary>
    public void AddPerson(SurveyPlace here, string option, OptionKind? kind, IEnumerable<string> groups, double weight)
    {
        Name(here, option, kind);
        foreach (var group in groups)
        {
            var known = GroupOf(group, here, respondents: 0);
            known.Figures[option] = known.Figures.GetValueOrDefault(option) + weight;
            known.Respondents++;
        }
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

        DistributionDraft Distribution(string group, LongGroup found)
        {
            double[] figures = [.. texts.Select(t => found.Figures.GetValueOrDefault(t) / (unit == "percent" ? 100 : 1))];
            var people = unit == "count" ? CountedPeople.Of(group, figures, found.Respondents, found.Place.In("n")) : found.Respondents;
            return new(group, figures, found.Place.In(unit), people, AreCounts: unit is "count" or LongPeople.Weight);
        }
    }

    void Name(SurveyPlace here, string option, OptionKind? kind)
    {
        if (string.IsNullOrWhiteSpace(option))
            throw Empty(here, "option");
        if (!_options.TryAdd(option, kind) && _options[option] != kind)
            throw new SurveyException(here.In("kind"), $"the option \"{option}\" has another kind in an earlier row",
                "Give an option one kind in all rows of its question");
    }

    LongGroup GroupOf(string group, SurveyPlace here, int? respondents)
    {
        if (!_groups.TryGetValue(group, out var known))
            _groups.Add(group, known = new(here) { Respondents = respondents });
        return known;
    }

    static SurveyException Empty(SurveyPlace here, string column) =>
        new(here.In(column), "the cell is empty", "Name the option and the group in every row");

    (OptionKind[], double?[]) Declared()
    {
        OptionKind[] kinds = [.. _options.Values.Select(k => k ?? OptionKind.Unknown)];
        return (kinds, [.. kinds.Select((k, i) => k == OptionKind.Ordered ? i + 1 : (double?)null)]);
    }

    /// <summary>A group's figures, and how many people they are of.</summary>
    sealed class LongGroup(SurveyPlace place)
    {
        public Dictionary<string, double> Figures { get; } = [];

        public SurveyPlace Place => place;

        public int? Respondents { get; set; }
    }
}
