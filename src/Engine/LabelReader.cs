using System.Collections.Concurrent;

namespace LocalOpinions.Engine;

/// <summary>Where in the text a label begins.</summary>
/// <param name="Opening">The text that the prompt ends with and whose tokens the label must not merge into; may be empty.</param>
/// <param name="Prefix">What stands before the label in the next token: nothing, or a blank.</param>
public sealed record LabelBoundary(string Opening, string Prefix)
{
    /// <summary>The prompt ends with " (" and the next token is the bare label.</summary>
    public static LabelBoundary Paren { get; } = new(" (", "");

    /// <summary>The prompt ends with a word and the next token is blank + label.</summary>
    public static LabelBoundary Space { get; } = new("", " ");
}

/// <summary>A prompt ready to decode.</summary>
/// <param name="Key">The caller's name for it; comes back with the score.</param>
/// <param name="Tokens">Its token ids.</param>
/// <param name="LabelTokens">For each label the ids of the tokens it can begin with, disjoint between labels, none empty.</param>
/// <param name="ForcedBoundary">
/// Whether this vocabulary would rather write prompt and label otherwise, as by merging the prompt's end with the label. The prompt's own tokens are kept then, and
/// the label is read where the text says it begins.
/// </param>
public sealed record TokenizedPrompt(int Key, int[] Tokens, int[][] LabelTokens, bool ForcedBoundary);

/// <summary>Finds the next-token ids that stand for each label at the end of a prompt.</summary>
/// <remarks>
/// A label has several tokenisations ("A", " A", "A)"), and the wrong one moves benchmark results by points: see
/// arXiv 2509.15020. So prompt and label are tokenised jointly, and only tokens whose whole text is the label count.
/// Thread-safe.
/// </remarks>
public sealed class LabelReader(Vocabulary vocabulary)
{
    // A tokenizer joins neighbours: how a letter behind the prompt is written depends on the prompt's end alone, and this many
    // tokens reach far beyond what one token could swallow. The templates' closing words make it the same for whole surveys.
    const int Tail = 8;

    readonly ConcurrentDictionary<(string Tail, string Label), (int[] Starts, bool Forced)> _known = new();

    /// <summary>Tokenises a prompt and proves its labels readable from one next token.</summary>
    /// <param name="key">The caller's name for the prompt.</param>
    /// <param name="prompt">The text, up to where the label begins.</param>
    /// <param name="labels">The labels, as "A", "B".</param>
    /// <param name="boundary">Where the label begins.</param>
    /// <exception cref="EngineException">
    /// Kind <see cref="EngineError.Prompt"/>: a label needs more than one token here, or two labels share a token.
    /// </exception>
    public TokenizedPrompt Read(int key, string prompt, IReadOnlyList<string> labels, LabelBoundary boundary)
    {
        var tokens = vocabulary.Tokenize(prompt);
        var tail = string.Join(' ', tokens.AsSpan(Math.Max(0, tokens.Length - Tail)).ToArray());
        var forced = !EndsWith(tokens, boundary.Opening);
        var sets = new int[labels.Count][];
        var owners = new Dictionary<int, string>();
        for (var i = 0; i < sets.Length; i++)
        {
            var label = boundary.Prefix + labels[i];
            var (starts, joined) = _known.GetOrAdd((tail, label), static (at, arg) => arg.This.StartsOf(arg.prompt, arg.tokens, at.Label), (This: this, prompt, tokens));
            forced |= joined;
            sets[i] = starts;
            foreach (var id in starts)
            {
                if (!owners.TryAdd(id, labels[i]))
                    throw new EngineException(EngineError.Prompt, $"labels {owners[id]} and {labels[i]} begin with the same token {id}, so this model cannot tell them apart");
            }
        }
        return new(key, tokens, sets, forced);
    }

    (int[] Starts, bool Forced) StartsOf(string prompt, int[] tokens, string label)
    {
        var starts = new HashSet<int>();
        foreach (var id in vocabulary.WithText(label))
            starts.Add(id);
        var joint = vocabulary.Tokenize(prompt + label);
        var natural = joint.Length == tokens.Length + 1 && joint.AsSpan().StartsWith(tokens) && vocabulary.Piece(joint[^1]) == label;
        if (natural)
            starts.Add(joint[^1]);
        return starts.Count > 0
            ? ([.. starts], !natural)
            : throw new EngineException(EngineError.Prompt, $"label \"{label}\" is not a single token of this model at the prompt's end; try the other prompt ending");
    }

    bool EndsWith(int[] tokens, string opening)
    {
        var text = "";
        for (var i = tokens.Length - 1; i >= 0 && text.Length < opening.Length; i--)
            text = vocabulary.Piece(tokens[i]) + text;
        return text == opening;
    }
}
