namespace LocalOpinions.Surveys.Prompts;

/// <summary>Somebody whose part a model takes.</summary>
/// <param name="Name">What results call the persona.</param>
/// <param name="Words">Who it is, as a prompt says it: "a 34-year-old woman with a university degree".</param>
public sealed record Persona(string Name, string Words)
{
    /// <summary>The country or group whose persona it is, as a person calls it; null for every one that is asked for.</summary>
    public string? Country { get; init; }

    /// <summary>How much its answers count among those of its country's personas; above 0.</summary>
    public double Weight { get; init; } = 1;
}
