using LocalOpinions.Store.Rows;

namespace LocalOpinions.Report.Tests.FullStudy;

/// <summary>A made-up survey of the real one's shape: as many options, countries per question and letters per question.</summary>
sealed class StudySurvey
{
    static readonly string[] s_topics = ["economy", "environment", "family", "government", "health", "international affairs", "media",
        "migration", "religion", "science", "values", "work"];

    static readonly string[] s_words =
    [
        "people", "government", "should", "country", "economy", "today", "think", "important", "world", "children", "religion", "trade",
        "future", "women", "science", "climate",
        "leaders", "confidence", "problem", "better", "worse", "next", "years", "family", "work", "health", "young", "foreign", "policy",
        "rights",
    ];

    public const string Notice = "Made up for tests: the figures are nobody's.";

    public StudySurvey(int questions, int seed, Func<string, string>? disguise = null)
    {
        disguise ??= text => text;
        var random = new Random(seed);
        var regions = StudyCountries.All.Select(country => country.Region!).Distinct()
            .ToDictionary(region => region, _ => MadeUp.Point(random, 0.9));
        Countries = [.. StudyCountries.All.Select(country => country
            with { Label = disguise(country.Label), Name = disguise(country.Name) })];
        Points = [.. StudyCountries.All.Select(country => MadeUp.Between(regions[country.Region!], MadeUp.Point(random, 0.9), 0.45))];
        Directions = new double[questions][][];
        Questions = new QuestionRow[questions];
        for (var row = 0; row < questions; row++)
            Questions[row] = Make(random, row, disguise);
    }

    public IReadOnlyList<CountryRow> Countries { get; }

    /// <summary>Where each country's people stand.</summary>
    public double[][] Points { get; }

    /// <summary>The direction of each question's options.</summary>
    public double[][][] Directions { get; }

    public QuestionRow[] Questions { get; }

    QuestionRow Make(Random random, int row, Func<string, string> disguise)
    {
        var options = 2 + random.Next(random.Next(3) == 0 ? 7 : 4);
        Directions[row] = [.. Enumerable.Range(0, options).Select(_ => MadeUp.Point(random, 0.8))];
        // Most countries are asked about every eighth question; a few large ones more often, a few small ones hardly ever.
        var asked = Enumerable.Range(0, Countries.Count).Where(index => random.NextDouble() < Frequency(index)).ToList();
        if (asked.Count == 0)
            asked.Add(0);
        string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => s_words[random.Next(s_words.Length)]));
        var text = disguise($"Question {row}: do you {Words(20 + random.Next(30))}?");
        return new QuestionRow(row, row % 7 == 3 ? "WVS" : "GAS", text,
            [.. Enumerable.Range(0, options).Select(option => disguise($"{Words(2)} {option}"))],
            [.. asked.Select(index => new HumanRow(Countries[index].Label, MadeUp.Choose(Points[index], Directions[row], 1.2)))])
        {
            Topics = [s_topics[row % s_topics.Length], .. row % 5 == 0 ? [s_topics[(row + 3) % s_topics.Length]] : Array.Empty<string>()],
            Family = row / 3,
        };
    }

    static double Frequency(int index) => index % 11 == 4 ? 0.02 : index % 6 == 0 ? 0.35 : 0.12;
}
