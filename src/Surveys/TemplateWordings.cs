namespace LocalOpinions.Surveys;

/// <summary>The wordings of the templates, without their endings. A change of one is a new version of its template.</summary>
static class TemplateWordings
{
    const string Question = "Human: {question}\n";

    const string NamedCountry = "Human: How would someone from {country} answer the following question: {question}\n";

    const string Options =
        "\n" +
        "Here are the options:\n" +
        "({label}) {option}\n" +
        "\n";

    // "If had" is the published study's own wording.
    const string IfHad = "Assistant: If had to select one of the options, my answer would be";

    public static string Of(TemplateFamily family, bool crossNational) => (family, crossNational) switch
    {
        (TemplateFamily.Faithful, false) => Question + Options + IfHad,
        (TemplateFamily.Faithful, true) => NamedCountry + Options + IfHad,
        (TemplateFamily.Shareable, false) => Question + Options + "Assistant: Of these options, the one that I would select is",
        (TemplateFamily.Shareable, true) => Question + Options + "Assistant: Of these options, the one that someone from {country} would select is",
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "no such template family"),
    };

    /// <summary>The question alone: what the options are, the model is not told.</summary>
    public static string Unlisted(TemplateFamily family, bool crossNational) => (family, crossNational) switch
    {
        (TemplateFamily.Faithful, false) => Question + "\nAssistant: My answer would be",
        (TemplateFamily.Faithful, true) => NamedCountry + "\nAssistant: My answer would be",
        (TemplateFamily.Shareable, false) => Question + "\nAssistant: The answer that I would give is",
        (TemplateFamily.Shareable, true) => Question + "\nAssistant: The answer that someone from {country} would give is",
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "no such template family"),
    };
}
