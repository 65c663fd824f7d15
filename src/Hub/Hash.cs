namespace LocalOpinions.Hub;

/// <summary>SHA-256 as text.</summary>
static class Hash
{
    /// <summary>The hash in lower case; null when the text is none.</summary>
    public static string? Parse(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;
}
