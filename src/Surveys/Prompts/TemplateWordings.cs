using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Translations;

namespace LocalOpinions.Surveys.Prompts;

/// <summary>The wordings of the templates, without their endings. A change of one is a new version of its template.</summary>
static class TemplateWordings
{
    const string Question = "Human: {question}\n";

    const string Someone = "someone from {country}";

    const string NamedCountry = $"Human: How would {Someone} answer the following question: {{question}}\n";

    public static string Of(TemplateFamily family, bool crossNational, Frame? frame = null)
    {
        var words = frame ?? Frames.English;
        return (family, crossNational) switch
        {
            (TemplateFamily.Faithful, false) => Question + Options(words) + $"Assistant: {words.Faithful}",
            (TemplateFamily.Faithful, true) => NamedCountry + Options(words) + $"Assistant: {words.Faithful}",
            (TemplateFamily.Corrected, false) => Question + Options(words) + $"Assistant: {words.Corrected}",
            (TemplateFamily.Corrected, true) => NamedCountry + Options(words) + $"Assistant: {words.Corrected}",
            (TemplateFamily.Shareable, false) => Question + Options(words) + $"Assistant: {words.Shareable}",
            (TemplateFamily.Shareable, true) => Question + Options(words)
                + $"Assistant: Of these options, the one that {Someone} would select is",
            _ => throw new ArgumentOutOfRangeException(nameof(family), family, "no such template family"),
        };
    }

    /// <summary>The options alone: "Human:" stands before the line above them.</summary>
    public static string WithoutQuestion(string wording, string name) => wording.StartsWith(Question, StringComparison.Ordinal)
        ? "Human: " + wording[(Question.Length + 1)..]
        : throw new SurveyException(
            $"the control options-only leaves nothing of the first line of the template {name}, which holds more than the question",
            "Use the template shareable, or a wording whose first line is the question alone")
        {
            Step = SurveyStep.UseShareable,
        };

    /// <summary>The question alone: what the options are, the model is not told.</summary>
    public static string Unlisted(TemplateFamily family, bool crossNational) => (family, crossNational) switch
    {
        (TemplateFamily.Faithful or TemplateFamily.Corrected, false) => Question + "\nAssistant: My answer would be",
        (TemplateFamily.Faithful or TemplateFamily.Corrected, true) => NamedCountry + "\nAssistant: My answer would be",
        (TemplateFamily.Shareable, false) => Question + "\nAssistant: The answer that I would give is",
        (TemplateFamily.Shareable, true) => Question + $"\nAssistant: The answer that {Someone} would give is",
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "no such template family"),
    };

    /// <summary>What is said of each option, behind which a number comes.</summary>
    public const string SaidOfOption = "\n({label}) {option}:";

    /// <summary>How many of 100 people would choose each option. Its name and the wording's end are its own.</summary>
    public static string Verbalised(Country? country) => Question + Options(Frames.English)
        + "Of 100 people" + (country is null ? "" : country.Member is null ? " from {country}" : ", each of them {somebody},")
        + " who are asked this, how many would choose each option? The numbers sum to 100.\n\n"
        + "Assistant: Of the 100 people, so many would choose each option:" + SaidOfOption;

    /// <summary>The wording for a country or group; the members of a group take the place of someone from a country.</summary>
    public static string For(Country? named, string wording) => named?.Member is null ? wording : Somebody(wording);

    /// <summary>The same with a place for whoever is named.</summary>
    public static string Somebody(string wording) => wording.Replace(Someone, WordingPlaces.Somebody);

    /// <summary>The same for a persona, whose words stand behind whoever is named, between commas.</summary>
    public static string As(string wording) =>
        Somebody(wording).Replace(WordingPlaces.Somebody, WordingPlaces.Somebody + ",");

    static string Options(Frame words) => $"\n{words.Options}\n({{label}}) {{option}}\n\n";
}
