namespace LocalOpinions.Asking.Prompts;

/// <summary>A chat layout, as runs name it.</summary>
/// <param name="Name">Its family.</param>
/// <param name="Sha256">SHA-256 of it, lower-case hexadecimal.</param>
public sealed record ChatLayout(string Name, string Sha256);
