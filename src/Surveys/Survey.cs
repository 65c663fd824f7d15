using System.Globalization;
using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys;

/// <summary>A survey: questions with their options and the human distributions of the countries that were asked.</summary>
/// <remarks>Nothing of the file is dropped silently: whatever is unusual stands in <see cref="Oddities"/>.</remarks>
public sealed record Survey
{
    /// <summary>The file's name without its extension, or the name the survey gives itself.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the file's bytes, 64 lower-case hexadecimal digits: the survey's identity.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What a reader must be told wherever this survey's figures are shown; null where there is nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>The language of questions and options, a BCP 47 tag.</summary>
    public string Language { get; init; } = "en";

    /// <summary>
    /// The groups that the survey declares itself, by label; every other label is what <see cref="Countries.Find"/> says.
    /// </summary>
    public IReadOnlyDictionary<string, Country> Groups { get; init; } = new Dictionary<string, Country>();

    /// <summary>What of the survey is used.</summary>
    public SurveyPolicy Policy { get; init; } = SurveyPolicy.Default;

    /// <summary>
    /// Each policy with what it was chosen to do here and how much it concerns; empty until <see cref="SurveyPolicy.Apply"/>.
    /// </summary>
    public IReadOnlyList<AppliedPolicy> Policies { get; init; } = [];

    /// <summary>All questions in the order of the file, also those that no template can ask.</summary>
    public required IReadOnlyList<Question> Questions { get; init; }

    /// <summary>Every kind of irregularity that was met, at most one entry per kind.</summary>
    public required IReadOnlyList<Oddity> Oddities { get; init; }

    /// <summary>
    /// The number of (question, country) pairs in the file. It includes pairs without data (only zeros), which
    /// <see cref="Question.Humans"/> leaves out; of a part of a survey those with data.
    /// </summary>
    public required int Pairs { get; init; }

    /// <summary>The question of that id, or else the one in that row of the file, counted from 0; null where there is none.</summary>
    public Question? Find(string idOrRow) => Questions.FirstOrDefault(q => q.Id == idOrRow)
        ?? Questions.FirstOrDefault(q => q.SourceRow.ToString(CultureInfo.InvariantCulture) == idOrRow);

    /// <summary>Everybody of whom the survey has answers, one entry per label, in the order of the file.</summary>
    public IReadOnlyList<Country> People() => [.. Questions.SelectMany(q => q.Humans).Select(h => h.Country).Distinct().Select(GroupOf)];

    /// <summary>Tells whom a label of this survey stands for.</summary>
    public Country GroupOf(string label) => Groups.TryGetValue(label, out var declared) ? declared : Countries.Find(label);
}

/// <summary>One question of a survey.</summary>
public sealed record Question
{
    /// <summary>
    /// The 0-based data row of the survey file. For the embedded sample: the row of GlobalOpinionQA from which the human figures were
    /// taken.
    /// </summary>
    public required int SourceRow { get; init; }

    /// <summary>What the question is called, unique in the survey; the source row where the file gives it no name.</summary>
    public string Id
    {
        get => field ?? SourceRow.ToString(CultureInfo.InvariantCulture);
        init;
    }

    /// <summary>The survey programme as the file names it, for example GAS or WVS.</summary>
    public required string Source { get; init; }

    /// <summary>The question, character for character as in the file; empty where the file has none.</summary>
    public required string Text { get; init; }

    /// <summary>The options in the file's order, character for character; numbers print as 0, not 0.0.</summary>
    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>One kind per option; all unknown where nothing was said.</summary>
    public IReadOnlyList<OptionKind> Kinds
    {
        get => field ?? [.. Options.Select(_ => OptionKind.Unknown)];
        init;
    }

    /// <summary>One value per option: its place on the scale where it is <see cref="OptionKind.Ordered"/>, otherwise null.</summary>
    public IReadOnlyList<double?> ScaleValues
    {
        get => field ?? [.. Options.Select(_ => (double?)null)];
        init;
    }

    /// <summary>The countries that answered, at most one entry per label, in the file's order.</summary>
    public required IReadOnlyList<HumanDistribution> Humans { get; init; }
}

/// <summary>How the people asked in one country distribute over a question's options.</summary>
/// <param name="Country">The label as in the survey; <see cref="Countries.Find"/> tells what it stands for.</param>
/// <param name="Probabilities">One value per option, in the order of the options, each in [0, 1], summing to 1.</param>
/// <param name="Respondents">How many people were asked, at least 1; null where the survey does not say.</param>
public sealed record HumanDistribution(string Country, IReadOnlyList<double> Probabilities, int? Respondents = null);
