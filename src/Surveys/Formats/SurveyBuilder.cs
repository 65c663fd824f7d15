using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Formats;

/// <summary>Gathers the questions of a survey, checks their figures and notes every oddity.</summary>
/// <param name="lowestSum">The lowest sum that shares may have: what is lower is no slip of rounding but another unit or a mistake.</param>
/// <param name="highestSum">The highest sum that shares may have.</param>
sealed class SurveyBuilder(double lowestSum, double highestSum)
{
    // Far above the rounding of a double, far below the last digit of any published percentage.
    const double SumTolerance = 1e-9;

    // A few last digits of a double.
    const double Rounding = 1e-13;

    readonly List<Question> _questions = [];
    readonly Dictionary<string, SurveyPlace> _ids = [];
    readonly OddityLog _oddities = new();
    readonly Dictionary<string, string> _labels = [];
    double _lowestSum = 1;
    double _highestSum = 1;
    int _pairs;

    public void Add(QuestionDraft draft)
    {
        var row = draft.SourceRow;
        if (draft.Id is { } id && !_ids.TryAdd(id, draft.Place))
            throw new SurveyException(draft.Place, $"the question id {id} is used twice, first in {_ids[id]}",
                "Give each question an id of its own");
        if (draft.Options.Any(o => string.IsNullOrWhiteSpace(o.Text)))
            throw new SurveyException(draft.Place.In("options"), "an option has no text", "Write one, or take the option out");
        _oddities.Note(OddityKind.NumericOption, row, draft.Options.Count(o => o.IsNumber));
        var humans = new List<HumanDistribution>(draft.Distributions.Count);
        var seen = new HashSet<string>();
        foreach (var distribution in draft.Distributions)
        {
            if (string.IsNullOrWhiteSpace(distribution.Group))
                throw new SurveyException(distribution.Place, "a country or group has no label", "Give it one");
            if (!seen.Add(distribution.Group))
                throw new SurveyException(distribution.Place, $"{distribution.Group} appears twice",
                    "Keep one distribution per country or group");
            _pairs++;
            var values = distribution.Values;
            var sum = CheckedSum(distribution, draft.Options.Count);
            if (sum == 0)
            {
                _oddities.Note(OddityKind.AllZero, row);
                continue;
            }
            if (!distribution.AreCounts && Math.Abs(sum - 1) > SumTolerance)
            {
                _oddities.Note(OddityKind.SumNotOne, row);
                _lowestSum = Math.Min(_lowestSum, sum);
                _highestSum = Math.Max(_highestSum, sum);
            }
            // What sums to 1 up to its last digits stays: a survey that is written and read again keeps every bit.
            humans.Add(new(Intern(distribution.Group), Math.Abs(sum - 1) > Rounding ? Array.ConvertAll(values, v => v / sum) : values,
                distribution.Respondents));
        }
        _questions.Add(new()
        {
            SourceRow = row,
            Id = draft.Id!,
            Source = Intern(draft.Source),
            Text = draft.Text,
            Options = [.. draft.Options.Select(o => o.Text)],
            Kinds = [.. draft.Options.Select(o => o.Kind)],
            ScaleValues = [.. draft.Options.Select(o => o.ScaleValue)],
            Humans = humans,
        });
    }

    public void NoteForeignAnswer(int sourceRow) => _oddities.Note(OddityKind.ForeignAnswer, sourceRow);

    public void NoteUnread(IEnumerable<string> columns)
    {
        foreach (var column in columns)
            _oddities.Note(OddityKind.UnreadColumn, [], example: column);
    }

    public Survey Build(
        string name, string sha256, SurveyPlace place, string? notice = null, IReadOnlyDictionary<string, Country>? groups = null)
    {
        if (_questions.Count == 0)
            throw new SurveyException(place, "no questions", "The file needs at least one question");
        foreach (var question in _questions)
            QuestionOddities.Note(question, groups, _oddities);
        DuplicateTexts.Note(_questions, _oddities);
        return new()
        {
            Name = name,
            Sha256 = sha256,
            Notice = notice,
            Groups = groups ?? new Dictionary<string, Country>(),
            Questions = _questions,
            Oddities = _oddities.ToList(_lowestSum, _highestSum),
            Pairs = _pairs,
        };
    }

    double CheckedSum(DistributionDraft distribution, int options)
    {
        var (label, values, place) = (distribution.Group, distribution.Values, distribution.Place);
        if (values.Length != options)
            throw new SurveyException(
                place,
                $"{label} has {values.Length} values, but the question has {options} options",
                "Give one value per option, in the order of the options");
        var sum = 0.0;
        foreach (var value in values)
        {
            if (!double.IsFinite(value) || value < 0)
                throw new SurveyException(
                    place,
                    FormattableString.Invariant($"{label} has the value {value}"),
                    "A share is a finite number, 0 or more; write only zeros where there is no data");
            sum += value;
        }
        if (!double.IsFinite(sum))
            throw new SurveyException(place, $"the values of {label} are too large to add", "Give shares, such as 0.25");
        if (sum != 0 && !distribution.AreCounts && (sum < lowestSum || sum > highestSum))
            throw new SurveyException(
                place,
                FormattableString.Invariant($"the values of {label} sum to {sum:0.####}"),
                FormattableString.Invariant(
                    $"Shares sum to 1; for rounding, {lowestSum:0.##} to {highestSum:0.##} is taken and divided by the sum"));
        return sum;
    }

    // The same hundred labels recur in tens of thousands of pairs.
    string Intern(string label) =>
        _labels.TryGetValue(label, out var known) ? known : _labels[label] = label;
}
