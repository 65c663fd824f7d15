using System.Runtime.InteropServices;
using System.Text;
using LLama.Native;
using LocalOpinions.Engine.Llama;

namespace LocalOpinions.Engine.Loading;

/// <summary>A model's tokens. Thread-safe while the model lives.</summary>
public sealed unsafe class Vocabulary : IVocabulary
{
    const int MaxShortPiece = 8;

    readonly SafeLlamaModelHandle.Vocabulary _tokens;
    readonly nint _vocabulary;
    readonly int _start, _end;
    readonly ByteFallback? _bytes;
    readonly Lazy<Dictionary<string, int[]>> _shortPieces;
    readonly Lazy<Dictionary<int, string>> _markers;
    readonly Lazy<Dictionary<char, List<string>>> _names;

    internal Vocabulary(SafeLlamaModelHandle model)
    {
        _tokens = model.Vocab;
        _vocabulary = LlamaNative.llama_model_get_vocab(model);
        Size = _tokens.Count;
        Kind = _tokens.Type;
        _start = _tokens.ShouldAddBOS ? Id(_tokens.BOS) : -1;
        _end = _tokens.ShouldAddEOS ? Id(_tokens.EOS) : -1;
        _bytes = Kind == LLamaVocabType.SentencePiece ? new ByteFallback(TextOf, Size) : null;
        _shortPieces = new(ReadShortPieces);
        _markers = new(ReadMarkers);
        _names = new(() => Markers.Values.Where(m => ControlToken(m) is not null).Distinct().GroupBy(m => m[0])
            .ToDictionary(g => g.Key, g => g.OrderByDescending(m => m.Length).ToList()));
    }

    /// <summary>The number of tokens, which is also the number of logits.</summary>
    public int Size { get; }

    internal LLamaVocabType Kind { get; }

    /// <summary>
    /// Whether llama.cpp would end the process when tokenising, for want of the token that it is to put at a text's start or end.
    /// </summary>
    internal bool LacksItsEnds =>
        (_tokens.ShouldAddBOS && Id(_tokens.BOS) < 0) || (_tokens.ShouldAddEOS && Id(_tokens.EOS) < 0);

    /// <summary>
    /// The tokens that mean more than their text, by id: control tokens, and tokens of the vocabulary's own that stand for markup, as
    /// "&lt;think&gt;".
    /// </summary>
    public IReadOnlyDictionary<int, string> Markers => _markers.Value;

    /// <summary>Turns a prompt into token ids, with the model's own start token where it wants one, and no end token.</summary>
    /// <remarks>Text that looks like a control token is tokenised as text: a survey can never steer a model.</remarks>
    /// <exception cref="EngineException">Kind <see cref="EngineError.Prompt"/>: the vocabulary lacks a control token of the prompt, cannot
    /// write its text, or cannot help reading a piece of its text as one of <see cref="Markers"/>.</exception>
    public int[] Tokenize(PromptText prompt)
    {
        if (prompt.Pieces is [{ IsControl: false } only])
            return Tokenize(only.Text, start: true);
        List<int> tokens = [.. Tokenize("", start: true)];
        for (var i = 0; i < prompt.Pieces.Count; i++)
        {
            var piece = prompt.Pieces[i];
            if (piece.IsControl)
            {
                tokens.Add(ControlToken(piece.Text) ?? throw new EngineException(
                    EngineError.Prompt, $"the model's vocabulary has no token {piece.Text}, which its chat layout needs"));
                continue;
            }
            // Some control tokens swallow the blanks beside them.
            var text = i > 0 && Attributes(tokens[^1]).HasFlag(LLamaTokenAttr.RStrip) ? piece.Text.TrimStart() : piece.Text;
            if (i + 1 < prompt.Pieces.Count && ControlToken(prompt.Pieces[i + 1].Text) is { } next
                && Attributes(next).HasFlag(LLamaTokenAttr.LStrip))
                text = text.TrimEnd();
            tokens.AddRange(Tokenize(text, start: false));
        }
        return [.. tokens];
    }

    /// <summary>The token that a text names, if it is one token and not ordinary text.</summary>
    public int? ControlToken(string name)
    {
        var tokens = Raw(name, start: false, control: true);
        return tokens is [var id] && TextOf(id) == name ? id : null;
    }

    /// <summary>The text of the start token that the vocabulary puts first by itself; null where it puts none.</summary>
    public string? Start => _start < 0 ? null : TextOf(_start);

    /// <summary>
    /// A text in pieces, in which the names of control tokens stand for them; of overlapping names the first and longest.
    /// </summary>
    /// <param name="text">A program's text, as a layout; never a survey's.</param>
    public IReadOnlyList<PromptPiece> Marked(string text)
    {
        List<PromptPiece> pieces = [];
        var from = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (!_names.Value.TryGetValue(text[at], out var names)
                || names.Find(n => string.CompareOrdinal(text, at, n, 0, n.Length) == 0) is not { } name)
                continue;
            pieces.Add(new(text[from..at]));
            pieces.Add(new(name, IsControl: true));
            from = at + name.Length;
            at = from - 1;
        }
        pieces.Add(new(text[from..]));
        return pieces;
    }

    /// <summary>The text of a token; control tokens have none.</summary>
    public string Piece(int token) => Encoding.UTF8.GetString(Bytes(token));

    /// <summary>The bytes of a token's text, which may be a part of a character; control tokens have none.</summary>
    public byte[] Bytes(int token)
    {
        Span<byte> buffer = stackalloc byte[256];
        var length = NativeApi.llama_token_to_piece(_tokens, token, buffer, lstrip: 0, special: false);
        if (length >= 0)
            return buffer[..length].ToArray();
        // The negative of the room it needs.
        var large = new byte[-length];
        _ = NativeApi.llama_token_to_piece(_tokens, token, large, lstrip: 0, special: false);
        return large;
    }

    /// <summary>Whether a token ends what a model says.</summary>
    public bool IsEnd(int token) => ((LLamaToken)token).IsEndOfGeneration(_tokens);

    /// <summary>The ids of all ordinary tokens whose text is exactly this, one or two characters long.</summary>
    public ReadOnlySpan<int> WithText(string piece) => _shortPieces.Value.TryGetValue(piece, out var ids) ? ids : [];

    /// <summary>
    /// The tokens of a text in which names of control tokens are control tokens: what <see cref="Tokenize(PromptText)"/> is held against.
    /// </summary>
    internal int[] TokenizeWhole(string text) => Raw(text, start: true, control: true);

    /// <summary>The tokens of a text that stands by itself, without a start token.</summary>
    public int[] TokenizeAlone(string text) => Tokenize(text, start: false);

    int[] Tokenize(string text, bool start)
    {
        var tokens = Raw(text, start, control: false);
        // The start token is the vocabulary's, not the text's.
        for (var i = start && tokens.Length > 0 && tokens[0] == _start ? 1 : 0; i < tokens.Length; i++)
        {
            if (Markers.TryGetValue(tokens[i], out var marker) && text.Contains(marker, StringComparison.Ordinal))
                throw new EngineException(EngineError.Prompt,
                    $"its text holds \"{marker}\", which this model's vocabulary reads as a token of its own and not as text");
        }
        return tokens;
    }

    int[] Raw(string text, bool start, bool control)
    {
        _bytes?.Require(text);
        var bytes = Encoding.UTF8.GetBytes(text);
        var tokens = new int[bytes.Length + 2];
        var count = Raw(bytes, tokens, start, control);
        if (count < 0)
        {
            // The negative of the room it needs.
            tokens = new int[-count];
            count = Raw(bytes, tokens, start, control);
        }
        // Some models want an end token behind every text; a prompt has not ended.
        return tokens[..(start && count > 0 && tokens[count - 1] == _end ? count - 1 : count)];
    }

    int Raw(byte[] bytes, int[] tokens, bool start, bool control)
    {
        fixed (byte* source = &MemoryMarshal.GetArrayDataReference(bytes))
        fixed (int* target = tokens)
            return LlamaNative.llama_tokenize(_vocabulary, source, bytes.Length, (LLamaToken*)target, tokens.Length, (byte)(start ? 1 : 0),
                (byte)(control ? 1 : 0));
    }

    LLamaTokenAttr Attributes(int token) => ((LLamaToken)token).GetAttributes(_tokens);

    static int Id(LLamaToken? token) => token is { } id ? (int)id : -1;

    string TextOf(int token) => Marshal.PtrToStringUTF8((nint)LlamaNative.llama_vocab_get_text(_vocabulary, token)) ?? "";

    // A vocabulary's own tokens for runs of blanks or line feeds are text like any other; nothing can be told from a lone character either.
    Dictionary<int, string> ReadMarkers()
    {
        var markers = new Dictionary<int, string>();
        for (var id = 0; id < Size; id++)
        {
            var attributes = Attributes(id);
            if ((attributes & (LLamaTokenAttr.Control | LLamaTokenAttr.Unknown | LLamaTokenAttr.UserDefined)) == 0 && !IsEnd(id))
                continue;
            var text = TextOf(id);
            if (text.Length > 1 && (!attributes.HasFlag(LLamaTokenAttr.UserDefined) || !string.IsNullOrWhiteSpace(text.Replace('▁', ' '))))
                markers.Add(id, text);
        }
        return markers;
    }

    // Byte tokens are left out: a tokenizer yields them only for text that it has no token for.
    Dictionary<string, int[]> ReadShortPieces()
    {
        var pieces = new Dictionary<string, int[]>(StringComparer.Ordinal);
        Span<byte> buffer = stackalloc byte[MaxShortPiece];
        for (var id = 0; id < Size; id++)
        {
            if ((Attributes(id) & (LLamaTokenAttr.Control | LLamaTokenAttr.Byte | LLamaTokenAttr.Unused | LLamaTokenAttr.Unknown)) != 0)
                continue;
            if (NativeApi.llama_token_to_piece(_tokens, id, buffer, lstrip: 0, special: false) is not (
                > 0 and <= MaxShortPiece and var length))
                continue;
            var piece = Encoding.UTF8.GetString(buffer[..length]);
            if (piece.Length is 1 or 2)
                pieces[piece] = pieces.TryGetValue(piece, out var ids) ? [.. ids, id] : [id];
        }
        return pieces;
    }
}
