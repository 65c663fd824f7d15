using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Engine.Chat;

/// <summary>
/// How a chat model's prompts are laid out: what stands before a person's message, between it and the assistant's answer, and nothing else.
/// </summary>
/// <remarks>
/// Only these strings are read with their control tokens. The message and the answer's opening are text between them, whatever they say.
/// </remarks>
/// <param name="Name">The family, as "chatml".</param>
/// <param name="Before">What opens the person's turn. No start token: the vocabulary adds its own.</param>
/// <param name="After">What ends the person's turn.</param>
/// <param name="Assistant">What opens the assistant's turn, with the empty block of thoughts of a model that thinks first.</param>
/// <param name="Trims">Whether the model's own template takes blanks off a message's ends.</param>
public sealed partial record ChatFormat(string Name, string Before, string After, string Assistant, bool Trims = false)
{
    /// <summary>
    /// The system message, with its own layout, that the model's own template puts first where none is given; empty where it puts none.
    /// </summary>
    public string System { get; init; } = "";

    /// <summary>The layout as one text.</summary>
    public string Layout => $"{System}{Before}{{message}}{After}{Assistant}{{opening}}";

    /// <summary>SHA-256 of <see cref="Layout"/> in UTF-8, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Layout + (Trims ? "\ntrimmed" : ""))));

    /// <summary>A person's message, and the assistant's answer up to where the model goes on.</summary>
    /// <param name="vocabulary">The model's tokens: what it has no control token for is text in its layout too.</param>
    /// <param name="message">What the person says.</param>
    /// <param name="opening">How the answer begins; may be empty.</param>
    public PromptText Write(Vocabulary vocabulary, string message, string opening) =>
        new([.. Pieces(vocabulary, System + Before), new(Trims ? message.Trim() : message), .. Pieces(vocabulary, After + Assistant),
            new(opening)]);

    /// <summary>The assistant's answer alone, up to where the model goes on: what is asked is not said.</summary>
    public PromptText WriteOpening(Vocabulary vocabulary, string opening) => new([.. Pieces(vocabulary, Assistant), new(opening)]);

    static IEnumerable<PromptPiece> Pieces(Vocabulary vocabulary, string layout)
    {
        var at = 0;
        foreach (Match marker in Marker().Matches(layout))
        {
            yield return new(layout[at..marker.Index]);
            yield return new(marker.Value, IsControl: vocabulary.ControlToken(marker.Value) is not null);
            at = marker.Index + marker.Length;
        }
        yield return new(layout[at..]);
    }

    [GeneratedRegex(@"<\|[a-z_]+\|>|<\|[a-z]+>|<[a-z]+\|>|</?[a-z_]+>|\[/?[A-Z_]+\]")]
    private static partial Regex Marker();
}
