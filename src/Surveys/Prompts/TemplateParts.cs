using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Translations;

namespace LocalOpinions.Surveys.Prompts;

/// <summary>What a template is made of.</summary>
sealed record TemplateParts
{
    /// <summary>The wording's name.</summary>
    public required string Name { get; init; }

    public int Version { get; init; } = 1;

    /// <summary>A system message with its places; null for none.</summary>
    public string? System { get; init; }

    /// <summary>The two turns with their places, without the ending.</summary>
    public required string Turns { get; init; }

    public required PromptEnding Ending { get; init; }

    public Country? Country { get; private init; }

    public Persona? Persona { get; private init; }

    public Translation? Translation { get; init; }

    public Control Control { get; init; }

    public QuestionShuffle? Shuffle { get; init; }

    public WrongCountries? Wrong { get; init; }

    public Perturbation? Perturbation { get; init; }

    /// <summary>What stands in the place {somebody}; null where nobody is named.</summary>
    public string? Somebody => SomebodyOf(Country, Persona);

    public static string? SomebodyOf(Country? country, Persona? persona) =>
        persona is null ? country?.Somebody : $"{country?.Somebody}, {persona.Words}";

    /// <summary>Whether the wording is one's own: it stays as it was written.</summary>
    public bool IsOwn { get; init; }

    public TemplateParts For(Country? country) =>
        this with { Country = country, Turns = IsOwn ? Turns : TemplateWordings.For(country, Turns) };

    public TemplateParts As(Persona persona) => this with { Persona = persona, Turns = IsOwn ? Turns : TemplateWordings.As(Turns) };
}
