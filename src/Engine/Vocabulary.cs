using System.Text;
using LocalOpinions.Engine.Native;

namespace LocalOpinions.Engine;

/// <summary>A model's tokens. Thread-safe while the model lives.</summary>
public sealed unsafe class Vocabulary
{
    const int MaxShortPiece = 8;
    const int SentencePiece = 1;

    readonly nint _vocabulary;
    readonly int _end;
    readonly ByteFallback? _bytes;
    readonly Lazy<Dictionary<string, int[]>> _shortPieces;

    internal Vocabulary(nint vocabulary)
    {
        _vocabulary = vocabulary;
        Size = LlamaNative.llama_vocab_n_tokens(vocabulary);
        Kind = LlamaNative.llama_vocab_type(vocabulary);
        _end = LlamaNative.llama_vocab_get_add_eos(vocabulary) != 0 ? LlamaNative.llama_vocab_eos(vocabulary) : -1;
        _shortPieces = new(ReadShortPieces);
        _bytes = Kind == SentencePiece ? new ByteFallback(vocabulary, Size) : null;
    }

    /// <summary>The number of tokens, which is also the number of logits.</summary>
    public int Size { get; }

    internal int Kind { get; }

    /// <summary>Whether llama.cpp would end the process when tokenising, for want of the token that it is to put at a text's start or end.</summary>
    internal bool LacksItsEnds =>
        (LlamaNative.llama_vocab_get_add_bos(_vocabulary) != 0 && LlamaNative.llama_vocab_bos(_vocabulary) < 0) || (LlamaNative.llama_vocab_get_add_eos(_vocabulary) != 0 && LlamaNative.llama_vocab_eos(_vocabulary) < 0);

    /// <summary>Turns text into token ids, with the model's own start token where it wants one, and no end token.</summary>
    /// <remarks>Text that looks like a control token is tokenised as text: a survey can never steer a model.</remarks>
    /// <exception cref="EngineException">The vocabulary cannot write the text (kind <see cref="EngineError.Prompt"/>).</exception>
    public int[] Tokenize(string text)
    {
        _bytes?.Require(text);
        var bytes = Encoding.UTF8.GetBytes(text);
        var tokens = new int[bytes.Length + 2];
        fixed (byte* source = bytes)
        {
            int count;
            fixed (int* target = tokens)
                count = LlamaNative.llama_tokenize(_vocabulary, source, bytes.Length, target, tokens.Length, addSpecial: 1, parseSpecial: 0);
            if (count < 0)
            {
                // The negative of the room it needs.
                tokens = new int[-count];
                fixed (int* target = tokens)
                    count = LlamaNative.llama_tokenize(_vocabulary, source, bytes.Length, target, tokens.Length, addSpecial: 1, parseSpecial: 0);
            }
            // Some models want an end token behind every text; a prompt has not ended.
            return tokens[..(count > 0 && tokens[count - 1] == _end ? count - 1 : count)];
        }
    }

    /// <summary>The text of a token; control tokens have none.</summary>
    public string Piece(int token)
    {
        var buffer = stackalloc byte[256];
        var length = LlamaNative.llama_token_to_piece(_vocabulary, token, buffer, 256, 0, 0);
        return length > 0 ? Encoding.UTF8.GetString(buffer, length) : "";
    }

    /// <summary>The ids of all ordinary tokens whose text is exactly this, one or two characters long.</summary>
    internal ReadOnlySpan<int> WithText(string piece) => _shortPieces.Value.TryGetValue(piece, out var ids) ? ids : [];

    // Byte tokens are left out: a tokenizer yields them only for text that it has no token for.
    Dictionary<string, int[]> ReadShortPieces()
    {
        var pieces = new Dictionary<string, int[]>(StringComparer.Ordinal);
        var buffer = stackalloc byte[MaxShortPiece];
        for (var id = 0; id < Size; id++)
        {
            var attributes = LlamaNative.llama_vocab_get_attr(_vocabulary, id);
            if ((attributes & (TokenAttributes.Control | TokenAttributes.Byte | TokenAttributes.Unused | TokenAttributes.Unknown)) != 0)
                continue;
            if (LlamaNative.llama_token_to_piece(_vocabulary, id, buffer, MaxShortPiece, 0, 0) is not (> 0 and <= MaxShortPiece and var length))
                continue;
            var piece = Encoding.UTF8.GetString(buffer, length);
            if (piece.Length is 1 or 2)
                pieces[piece] = pieces.TryGetValue(piece, out var ids) ? [.. ids, id] : [id];
        }
        return pieces;
    }
}
