using System.Text;
using System.Text.RegularExpressions;

namespace LocalOpinions.Endpoints;

/// <summary>
/// Numbers pieces of text as a tokenizer would, for a server that does not show its own: words and signs with the blank before them. A
/// label behind a prompt is then a piece by itself. Thread-safe.
/// </summary>
sealed partial class TextPieces
{
    const string Markup = @"<[^<>\s][^<>]*>|\[[A-Z_/]{2,}\]";

    readonly Lock _lock = new();
    readonly Dictionary<string, int> _numbers = [];
    readonly List<string> _pieces = [];

    /// <summary>The pieces of a text; together they are the text.</summary>
    public IReadOnlyList<ServedToken> Of(string text)
    {
        lock (_lock)
            return [.. Parts().Matches(text).Select(m => new ServedToken(Number(m.Value), m.Value))];
    }

    /// <summary>The text of pieces.</summary>
    public string Text(IEnumerable<int> numbers)
    {
        var text = new StringBuilder();
        lock (_lock)
        {
            foreach (var number in numbers)
                text.Append(_pieces[number]);
        }
        return text.ToString();
    }

    int Number(string piece)
    {
        if (_numbers.TryGetValue(piece, out var known))
            return known;
        _pieces.Add(piece);
        return _numbers[piece] = _pieces.Count - 1;
    }

    // What looks like the name of a control token stays whole, so that it is seen.
    [GeneratedRegex(Markup + @"| ?[\p{L}\p{M}]+| ?\p{N}+| ?(?:(?!" + Markup + @")[^\s\p{L}\p{M}\p{N}])+|\s")]
    private static partial Regex Parts();
}
