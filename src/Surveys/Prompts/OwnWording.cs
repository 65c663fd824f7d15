using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Prompts;

/// <summary>A wording of one's own: what stands around a question and its options, with the places of both.</summary>
/// <param name="Name">What results call it.</param>
/// <param name="Version">1 or more.</param>
/// <param name="Message">What the person says, where prompts name nobody.</param>
/// <param name="Opening">How the assistant's answer begins there; one line.</param>
public sealed record OwnWording(string Name, int Version, string Message, string Opening)
{
    /// <summary>What the person says where prompts name somebody; null for <see cref="Message"/>.</summary>
    public string? MessageFor { get; init; }

    /// <summary>How the answer begins there; null for <see cref="Opening"/>.</summary>
    public string? OpeningFor { get; init; }

    /// <summary>A system message before the two turns; null for none.</summary>
    public string? System { get; init; }

    /// <summary>That message where prompts name somebody; null for <see cref="System"/>.</summary>
    public string? SystemFor { get; init; }

    /// <summary>Its texts where prompts name somebody.</summary>
    internal string TextsFor => $"{SystemFor ?? System}\n{MessageFor ?? Message}\n{OpeningFor ?? Opening}";

    /// <summary>The two turns as a template holds them, without the ending.</summary>
    internal string Turns(bool named) => Template.Turns(named ? MessageFor ?? Message : Message, named ? OpeningFor ?? Opening : Opening);

    /// <summary>Tells whether prompts in this wording can name a country or group, without a persona.</summary>
    /// <param name="country">Who is named.</param>
    /// <param name="problem">Why they cannot, as a part of a sentence; null where they can.</param>
    public bool CanName(Country country, out string? problem) => CanName(country, null, out problem);

    /// <summary>Tells whether prompts in this wording can name somebody.</summary>
    /// <param name="country">Who is named.</param>
    /// <param name="persona">The persona whose part is taken; null for none.</param>
    /// <param name="problem">Why they cannot, as a part of a sentence; null where they can.</param>
    public bool CanName(Country country, Persona? persona, out string? problem)
    {
        bool somebody = TextsFor.Contains(WordingPlaces.Somebody), named = TextsFor.Contains(WordingPlaces.Country),
            played = TextsFor.Contains(WordingPlaces.Persona);
        problem = persona is not null && !somebody && !played
            ? $"holds neither {WordingPlaces.Persona} nor {WordingPlaces.Somebody} where a persona should stand"
            : persona is null && played ? $"holds {WordingPlaces.Persona}, and no personas are given"
            : persona is null && !somebody && !named
                ? $"has no message_for, opening_for or system_for that holds {WordingPlaces.Country} or {WordingPlaces.Somebody}"
            : country.Member is not null && named
                ? $"says {WordingPlaces.Country}, and {country.Label} is a group: {WordingPlaces.Somebody} fits both"
            : null;
        return problem is null;
    }
}
