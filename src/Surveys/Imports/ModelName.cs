namespace LocalOpinions.Surveys.Imports;

/// <summary>What a person may call a model: it stands in tables, sentences and on pages.</summary>
public static class ModelName
{
    /// <summary>The most characters of a name; names of files fit.</summary>
    public const int Longest = 255;

    /// <summary>What is wrong with a name, to be read behind "the model's name"; null where nothing is.</summary>
    public static string? Fault(string name) =>
        string.IsNullOrWhiteSpace(name) ? "is empty"
        : name.Length > Longest ? $"has {name.Length:N0} characters, of {Longest} at most"
        : name.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029') ? "has a line break or another control character"
        : null;
}
