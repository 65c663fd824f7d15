using System.Text;

namespace LocalOpinions.Engine.Loading;

/// <summary>
/// What a SentencePiece vocabulary can write: characters that it has no token for it writes in bytes, if it has tokens for those.
/// </summary>
/// <remarks>llama.cpp ends the process where such a byte token is missing.</remarks>
sealed class ByteFallback
{
    readonly bool[] _has = new bool[256];

    // Null where every byte has a token, as in all but a few vocabularies.
    readonly HashSet<string>? _pieces;

    public ByteFallback(Func<int, string> textOf, int size)
    {
        var pieces = new HashSet<string>(size, StringComparer.Ordinal);
        for (var id = 0; id < size; id++)
            pieces.Add(textOf(id));
        for (var b = 0; b < _has.Length; b++)
            _has[b] = pieces.Contains($"<0x{b:X2}>") || (b is > 0 and < 128 && pieces.Contains(((char)b).ToString()));
        _pieces = _has.All(has => has) ? null : pieces;
    }

    /// <exception cref="EngineException">A character has neither a token nor all of its bytes.</exception>
    public void Require(string text)
    {
        if (_pieces is null)
            return;
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            // A blank is written as this mark.
            var character = rune.Value == ' ' ? new Rune(0x2581) : rune;
            var length = character.EncodeToUtf8(bytes);
            foreach (var b in bytes[..length])
            {
                if (!_has[b] && !_pieces.Contains(character.ToString()))
                    throw new EngineException(EngineError.Prompt,
                        $"this model's vocabulary has no token for the character U+{rune.Value:X4}, nor for its byte {b:X2}");
            }
        }
    }
}
