using System.Text;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Reading;

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

/// <summary>Finds the next-token ids that stand for each label at the end of a prompt.</summary>
/// <remarks>
/// A label has several tokenisations ("A", " A", "A)"), and the wrong one moves benchmark results by points: see arXiv 2509.15020. So
/// prompt and label are tokenised jointly, and only tokens whose whole text is the label count. Thread-safe.
/// </remarks>
public sealed class LabelReader
{
    readonly IVocabulary _vocabulary;
    readonly KnownBehind<(int[] Starts, bool Natural)> _starts;
    readonly ContinuationReader _continuations;

    /// <summary>A reader of labels in a vocabulary.</summary>
    public LabelReader(IVocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        _starts = new(StartsOf);
        _continuations = new(vocabulary);
    }

    /// <summary>
    /// Tokenises a prompt and finds how its labels are read: from one next token where each has some of its own, else from all their
    /// tokens.
    /// </summary>
    /// <param name="key">The caller's name for the prompt.</param>
    /// <param name="prompt">The prompt, up to where the label begins.</param>
    /// <param name="labels">The labels, as "A", "B".</param>
    /// <param name="boundary">Where the label begins.</param>
    /// <exception cref="EngineException">Kind <see cref="EngineError.Prompt"/>: two labels are the same to this model, or one cannot be
    /// written as tokens here.</exception>
    public TokenizedPrompt Read(int key, PromptText prompt, IReadOnlyList<string> labels, LabelBoundary boundary)
    {
        var tokens = _vocabulary.Tokenize(prompt);
        var starting = _starts.Read(prompt, tokens, [.. labels.Select(l => boundary.Prefix + l)]);
        var forced = !EndsWith(tokens, boundary.Opening);
        var sets = new int[labels.Count][];
        var owners = new HashSet<int>();
        for (var i = 0; i < sets.Length; i++)
        {
            var (starts, natural) = starting[i];
            sets[i] = starts;
            if (starts.Length == 0 || !Array.TrueForAll(starts, owners.Add))
                return ReadWhole(key, prompt, tokens, labels, boundary);
            forced |= !natural;
        }
        return new(key, tokens, sets, forced);
    }

    TokenizedPrompt ReadWhole(int key, PromptText prompt, int[] tokens, IReadOnlyList<string> labels, LabelBoundary boundary)
    {
        var forced = !EndsWith(tokens, boundary.Opening);
        var written = _continuations.Read(prompt, tokens, [.. labels.Select(l => boundary.Prefix + l)]);
        var texts = new int[labels.Count][];
        var owners = new Dictionary<string, string>();
        for (var i = 0; i < texts.Length; i++)
        {
            (texts[i], var natural) = written[i];
            forced |= !natural;
            if (!owners.TryAdd(string.Join(' ', texts[i]), labels[i]))
                throw new EngineException(EngineError.Prompt, $"labels {owners[string.Join(' ', texts[i])]} and {labels[i]} are the same "
                    + $"tokens, so this model cannot tell them apart");
        }
        RequireApart(texts, labels);
        return new(key, tokens, [], forced) { Texts = new(texts, [.. labels.Select(Encoding.UTF8.GetByteCount)], []) };
    }

    // What the longer one gets, the shorter one would get too.
    static void RequireApart(int[][] texts, IReadOnlyList<string> labels)
    {
        for (var i = 0; i < texts.Length; i++)
        {
            for (var j = 0; j < texts.Length; j++)
            {
                if (i != j && texts[j].AsSpan().StartsWith(texts[i]))
                    throw new EngineException(EngineError.Prompt, $"label {labels[j]} begins with the tokens of label {labels[i]}, so "
                        + "this model's answers to the two cannot be told apart");
            }
        }
    }

    // None where no single token spells the label.
    (int[] Starts, bool Natural) StartsOf(PromptText prompt, int[] tokens, string label)
    {
        var starts = new HashSet<int>();
        foreach (var id in _vocabulary.WithText(label))
            starts.Add(id);
        var joint = _vocabulary.Tokenize(prompt.With(label));
        var natural = joint.Length == tokens.Length + 1 && joint.AsSpan().StartsWith(tokens) && _vocabulary.Piece(joint[^1]) == label;
        if (natural)
            starts.Add(joint[^1]);
        return ([.. starts], natural);
    }

    bool EndsWith(int[] tokens, string opening)
    {
        var text = "";
        for (var i = tokens.Length - 1; i >= 0 && text.Length < opening.Length; i--)
            text = _vocabulary.Piece(tokens[i]) + text;
        return text == opening;
    }
}
