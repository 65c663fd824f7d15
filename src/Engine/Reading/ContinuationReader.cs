using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Engine.Reading;

/// <summary>How texts are written behind prompts, in tokens. Thread-safe.</summary>
sealed class ContinuationReader
{
    readonly IVocabulary _vocabulary;
    readonly KnownBehind<(int[] Tokens, bool Natural)> _known;

    public ContinuationReader(IVocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        _known = new(Find);
    }

    /// <summary>The tokens of texts behind a prompt.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="texts">The texts, with the blank that parts them from the prompt; none empty.</param>
    /// <returns>Of each the tokens, and whether the vocabulary itself would part prompt and text there.</returns>
    /// <exception cref="EngineException">Kind <see cref="EngineError.Prompt"/>: the vocabulary cannot write a text there.</exception>
    public (int[] Tokens, bool Natural)[] Read(PromptText prompt, int[] tokens, IReadOnlyList<string> texts) =>
        _known.Read(prompt, tokens, texts);

    (int[] Tokens, bool Natural) Find(PromptText prompt, int[] tokens, string text)
    {
        var joint = _vocabulary.Tokenize(prompt.With(text));
        if (joint.Length > tokens.Length && joint.AsSpan().StartsWith(tokens))
            return (joint[tokens.Length..], true);
        // It would merge into the prompt. The prompt's own tokens are kept, and the text is written by itself; some tokenizers put the
        // blank before it on their own.
        foreach (var alone in new[] { text, text.TrimStart() })
        {
            if (_vocabulary.TokenizeAlone(alone) is { Length: > 0 } own && string.Concat(own.Select(_vocabulary.Piece)) == text)
                return (own, false);
        }
        throw new EngineException(
            EngineError.Prompt, $"this model cannot write \"{Shortened(text)}\" behind the prompt as tokens of its own");
    }

    static string Shortened(string text) => text.Length > 40 ? text[..40] + "..." : text;
}
