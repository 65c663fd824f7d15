namespace LocalOpinions.Surveys.Geography;

/// <summary>Whom a sample stands for, as its label says.</summary>
public enum SampleKind
{
    /// <summary>The whole country; the label says nothing else.</summary>
    National,
    /// <summary>"(Non-national sample)": only some regions or cities, often urban ones.</summary>
    NonNational,
    /// <summary>"(Current national sample)": the whole country, by the sampling frame now in use.</summary>
    CurrentNational,
    /// <summary>"(Old national sample)": the whole country, by an earlier sampling frame.</summary>
    OldNational,
}

/// <summary>What a survey's country label stands for.</summary>
/// <param name="Label">The label as in the survey: the key everywhere.</param>
/// <param name="Name">A plain English name without the note on the sample; the label itself where it is unknown.</param>
/// <param name="Spoken">The name as one says it behind "someone from", with its article: "the Netherlands". All labels of a country share
/// it, so that they share a prompt. The label itself where it is unknown.</param>
/// <param name="Iso3">ISO 3166-1 alpha-3 code (XKX for Kosovo, which has none); null where the label is unknown.</param>
/// <param name="Sample">Whom the sample stands for.</param>
public sealed record Country(string Label, string Name, string Spoken, string? Iso3, SampleKind Sample)
{
    /// <summary>
    /// What a prompt calls one of the group's members: "a supporter of the Democratic Party". Null where it says "someone from" and
    /// <see cref="Spoken"/>, as it does for every country.
    /// </summary>
    public string? Member { get; init; }

    /// <summary>The survey's wave or year, as it calls it: "WVS 7", "2019". Null where the survey does not say.</summary>
    public string? Wave { get; init; }

    /// <summary>
    /// What results call the one that a prompt names: the label of a group whose members have a name of their own, otherwise
    /// <see cref="Name"/>.
    /// </summary>
    public string PromptedAs => Member is null ? Name : Label;

    /// <summary>Somebody of this country or group, as a prompt says it.</summary>
    public string Somebody => Member ?? $"someone from {Spoken}";
}
