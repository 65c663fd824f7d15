namespace LocalOpinions.Surveys;

/// <summary>Gathers the questions of a survey, checks their figures and notes every oddity.</summary>
sealed class SurveyBuilder
{
    // Far above the rounding of a double, far below the last digit of any published percentage.
    const double SumTolerance = 1e-9;

    readonly List<Question> _questions = [];
    readonly OddityLog _oddities = new();
    readonly Dictionary<string, string> _labels = [];
    double _lowestSum = 1;
    double _highestSum = 1;
    int _pairs;

    public void Add(
        SurveyPlace place,
        int sourceRow,
        string source,
        string text,
        IReadOnlyList<PythonItem> options,
        IReadOnlyList<KeyValuePair<string, double[]>> distributions)
    {
        _oddities.Note(OddityKind.NumericOption, sourceRow, options.Count(o => !o.IsString));
        var humans = new List<HumanDistribution>(distributions.Count);
        var seen = new HashSet<string>();
        foreach (var (label, values) in distributions)
        {
            if (!seen.Add(label))
                throw new SurveyException(place.In("selections"), $"{label} appears twice", "Keep one distribution per country");
            _pairs++;
            var sum = CheckedSum(place.In("selections"), label, values, options.Count);
            if (sum == 0)
            {
                _oddities.Note(OddityKind.AllZero, sourceRow);
                continue;
            }
            if (Math.Abs(sum - 1) > SumTolerance)
            {
                _oddities.Note(OddityKind.SumNotOne, sourceRow);
                _lowestSum = Math.Min(_lowestSum, sum);
                _highestSum = Math.Max(_highestSum, sum);
            }
            humans.Add(new(Intern(label), Array.ConvertAll(values, v => v / sum)));
        }
        _questions.Add(new()
        {
            SourceRow = sourceRow,
            Source = Intern(source),
            Text = text,
            Options = [.. options.Select(o => o.Text)],
            Humans = humans,
        });
    }

    public Survey Build(string name, string sha256, SurveyPlace place, string? notice = null)
    {
        if (_questions.Count == 0)
            throw new SurveyException(place, "no questions", "The file needs at least one row below its header");
        foreach (var question in _questions)
            QuestionOddities.Note(question, _oddities);
        DuplicateTexts.Note(_questions, _oddities);
        return new()
        {
            Name = name,
            Sha256 = sha256,
            Notice = notice,
            Questions = _questions,
            Oddities = _oddities.ToList(_lowestSum, _highestSum),
            Pairs = _pairs,
        };
    }

    static double CheckedSum(SurveyPlace place, string label, double[] values, int options)
    {
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
        return double.IsFinite(sum)
            ? sum
            : throw new SurveyException(place, $"the values of {label} are too large to add", "Give shares, such as 0.25");
    }

    // The same hundred labels recur in tens of thousands of pairs.
    string Intern(string label) =>
        _labels.TryGetValue(label, out var known) ? known : _labels[label] = label;
}
