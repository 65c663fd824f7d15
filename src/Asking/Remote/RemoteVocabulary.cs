using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using LocalOpinions.Endpoints;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Asking.Remote;

/// <summary>A served model's tokens, by the server's own tokenizer. Each question is a request, so it is asked from many threads.</summary>
sealed partial class RemoteVocabulary(IServer server, ServerProof proof, CancellationToken cancellation) : IVocabulary
{
    // Behind these a label stands as in a prompt: alone, and behind a parenthesis, a word and a line feed.
    static readonly string[] s_places = ["", "(", " (", "be", "\n"];

    readonly ConcurrentDictionary<int, string> _pieces = new(proof.Before.Select(t => KeyValuePair.Create(t.Id, t.Piece)));
    readonly ConcurrentDictionary<string, Lazy<int[]>> _withText = new();
    readonly ConcurrentDictionary<string, IReadOnlyList<PromptPiece>> _marked = new();

    public string? Start => proof.Before.Count > 0 ? proof.Before[0].Piece : null;

    public int[] Tokenize(PromptText prompt)
    {
        if (prompt.Pieces is [{ IsControl: false } only])
            return [.. proof.Before.Select(t => t.Id), .. Text(only.Text, ends: true)];
        List<int> tokens = [.. proof.Before.Select(t => t.Id)];
        foreach (var piece in prompt.Pieces)
        {
            if (!piece.IsControl)
                tokens.AddRange(TokenizeAlone(piece.Text));
            else
                tokens.Add(ControlToken(piece.Text) ?? throw new EngineException(
                    EngineError.Prompt, $"the model's vocabulary has no token {piece.Text}, which its chat layout needs"));
        }
        return [.. tokens];
    }

    public int[] TokenizeAlone(string text) => [.. Text(text, ends: false)];

    // Whatever is asked about came out of a text before.
    public string Piece(int token) => _pieces.TryGetValue(token, out var piece) ? piece
        : throw new ArgumentException($"token {token} came from nowhere", nameof(token));

    // All questions wait for the same labels: each is asked about once, at all places at the same time.
    public ReadOnlySpan<int> WithText(string piece) => _withText.GetOrAdd(piece, p => new(() => [.. Task
        .WhenAll(s_places.Select(place => AskAsync(place + p, ends: false, control: false))).GetAwaiter().GetResult()
        .Where(t => t.Count > 0 && t[^1].Piece == p).Select(t => t[^1].Id).Distinct()])).Value;

    public IReadOnlyList<PromptPiece> Marked(string text) => _marked.GetOrAdd(text, Mark);

    List<PromptPiece> Mark(string text)
    {
        List<PromptPiece> pieces = [];
        var from = 0;
        foreach (var token in Ask(text, ends: false, control: true).Where(t => IsMarkup(t.Piece)))
        {
            var name = token.Piece.Trim();
            if (text.IndexOf(name, from, StringComparison.Ordinal) is not (>= 0 and var at))
                continue;
            pieces.Add(new(text[from..at]));
            pieces.Add(new(name, IsControl: true));
            from = at + name.Length;
        }
        pieces.Add(new(text[from..]));
        return pieces;
    }

    int? ControlToken(string name) => Ask(name, ends: false, control: true) is [var one] && one.Piece.Trim() == name ? one.Id : null;

    IEnumerable<int> Text(string text, bool ends)
    {
        if (text.Length == 0)
            return [];
        var tokens = Ask(text, ends, control: false);
        var own = ends ? tokens.Skip(proof.Before.Count).Take(tokens.Count - proof.Before.Count - proof.Behind) : tokens;
        // A server does not say which of its tokens mean more than their text, but their texts give them away.
        foreach (var token in own.Where(t => IsMarkup(t.Piece)))
        {
            var name = token.Piece.Trim();
            throw new EngineException(EngineError.Prompt, text.Contains(name, StringComparison.Ordinal)
                ? $"its text holds \"{name}\", which the server reads as a token of its own and not as text"
                : $"the served model's vocabulary cannot write its text: it puts {name} for a part of it");
        }
        return own.Select(t => t.Id);
    }

    IReadOnlyList<ServedToken> Ask(string text, bool ends, bool control) => AskAsync(text, ends, control).GetAwaiter().GetResult();

    async Task<IReadOnlyList<ServedToken>> AskAsync(string text, bool ends, bool control)
    {
        var tokens = await server.TokenizeAsync(text, ends, control, cancellation);
        foreach (var token in tokens)
            _pieces.TryAdd(token.Id, token.Piece);
        return tokens;
    }

    static bool IsMarkup(string piece) => Markup().IsMatch(piece);

    [GeneratedRegex(@"^\s*(<[^<>\s][^<>]*>|\[[A-Z_/]{2,}\])\s*$")]
    private static partial Regex Markup();
}
