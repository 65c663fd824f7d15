namespace LocalOpinions.Surveys.Prompts;

/// <summary>A family of wordings: one per condition. Results of different families are never mixed.</summary>
public enum TemplateFamily
{
    /// <summary>The wordings of the published study; a country is named before the question.</summary>
    Faithful,
    /// <summary>A country is named in the last words, so that the prompts of all countries share nearly all their text.</summary>
    Shareable,
    /// <summary>
    /// As <see cref="Faithful"/>, with "If I had" for its "If had": the wording of outputs that later work published.
    /// </summary>
    Corrected,
}

/// <summary>How families are written in commands, declarations and results.</summary>
public static class TemplateFamilies
{
    /// <summary>All names, in the order of the families.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<TemplateFamily>().Select(NameOf)];

    /// <summary>faithful, shareable or corrected.</summary>
    /// <param name="family">The family.</param>
    public static string NameOf(TemplateFamily family) => family.ToString().ToLowerInvariant();

    /// <summary>The family of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">The name is none of these.</exception>
    public static TemplateFamily Named(string name) =>
        Names.Contains(name) ? Enum.Parse<TemplateFamily>(name, ignoreCase: true)
            : throw new ArgumentException($"\"{name}\" is no template family", nameof(name));
}
