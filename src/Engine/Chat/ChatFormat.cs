using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Engine.Chat;

/// <summary>Which blanks at a text's ends a template leaves.</summary>
public enum Blank
{
    /// <summary>All.</summary>
    Stays,

    /// <summary>Those behind the text.</summary>
    GoesBefore,

    /// <summary>Those before the text.</summary>
    GoesBehind,

    /// <summary>None.</summary>
    Goes,
}

/// <summary>
/// How a chat model's prompts are laid out: what its template puts before a person's message, between it and the assistant's answer, and
/// around a system message where there is one.
/// </summary>
/// <remarks>
/// Only these strings are read with their control tokens. The messages and the answer's opening are text between them, whatever they say.
/// </remarks>
/// <param name="Before">What stands before the first message. A system message of the template's own is part of it.</param>
/// <param name="After">What ends the person's turn.</param>
/// <param name="Assistant">What opens the assistant's turn, with the ended block of thoughts of a model that thinks first.</param>
public sealed record ChatFormat(string Before, string After, string Assistant)
{
    /// <summary>What stands between a system message of one's own and the person's; null where there is none.</summary>
    public string? Between { get; init; }

    /// <summary>What the template does with blanks at the message's ends.</summary>
    public Blank Trims { get; init; }

    /// <summary>What it does with those of a system message.</summary>
    public Blank SystemTrims { get; init; }

    /// <summary>The layout as one text.</summary>
    public string Layout => Between is null ? $"{Before}{{message}}{After}{Assistant}{{opening}}"
        : $"{Before}{{system}}{Between}{{message}}{After}{Assistant}{{opening}}";

    /// <summary>SHA-256 of <see cref="Layout"/> and of what is done with blanks, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        Layout + Named("", Trims) + (Between is null ? "" : Named("system ", SystemTrims)))));

    /// <summary>A person's message, and the assistant's answer up to where the model goes on.</summary>
    /// <param name="vocabulary">The model's tokens: what it has no control token for is text in its layout too.</param>
    /// <param name="message">What the person says.</param>
    /// <param name="opening">How the answer begins; may be empty.</param>
    /// <param name="system">The system message, where the layout has a place for one.</param>
    public PromptText Write(IVocabulary vocabulary, string message, string opening, string? system = null)
    {
        if (system is null != Between is null)
            throw new ArgumentException("a layout is read with a system message or without, and written likewise", nameof(system));
        return new([
            .. vocabulary.Marked(BeforeWithout(vocabulary.Start)),
            .. system is null ? [] : (PromptPiece[])[new(Left(system, SystemTrims)), .. vocabulary.Marked(Between!)],
            new(Left(message, Trims)), .. vocabulary.Marked(After + Assistant), new(opening)]);
    }

    /// <summary>The assistant's answer alone, up to where the model goes on: what is asked is not said.</summary>
    public PromptText WriteOpening(IVocabulary vocabulary, string opening) => new([.. vocabulary.Marked(Assistant), new(opening)]);

    /// <summary><see cref="Before"/> without a start token that the vocabulary puts first by itself: it would stand there twice.</summary>
    /// <param name="start">The vocabulary's <see cref="IVocabulary.Start"/>.</param>
    public string BeforeWithout(string? start) =>
        start is not null && Before.StartsWith(start, StringComparison.Ordinal) ? Before[start.Length..] : Before;

    static string Left(string text, Blank trims) => trims switch
    {
        Blank.Stays => text,
        Blank.GoesBefore => text.TrimStart(),
        Blank.GoesBehind => text.TrimEnd(),
        Blank.Goes => text.Trim(),
        _ => throw new ArgumentOutOfRangeException(nameof(trims), trims, "no such rule"),
    };

    static string Named(string whose, Blank trims) => trims switch
    {
        Blank.Stays => "",
        Blank.GoesBefore => $"\n{whose}trimmed at its start",
        Blank.GoesBehind => $"\n{whose}trimmed at its end",
        _ => $"\n{whose}trimmed",
    };
}
