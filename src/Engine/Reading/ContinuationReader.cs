using System.Collections.Concurrent;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Engine.Reading;

/// <summary>How texts are written behind prompts, in tokens. Thread-safe.</summary>
sealed class ContinuationReader(IVocabulary vocabulary)
{
    readonly ConcurrentDictionary<(string Tail, string Text), (int[] Tokens, bool Natural)> _known = new();

    /// <summary>The tokens of a text behind a prompt.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="text">The text, with the blank that parts it from the prompt; not empty.</param>
    /// <returns>The tokens, and whether the vocabulary itself would part prompt and text there.</returns>
    /// <exception cref="EngineException">Kind <see cref="EngineError.Prompt"/>: the vocabulary cannot write the text there.</exception>
    public (int[] Tokens, bool Natural) Read(PromptText prompt, int[] tokens, string text) =>
        _known.GetOrAdd((LabelReader.TailOf(tokens), text), static (at, arg) => arg.This.Find(arg.prompt, arg.tokens, at.Text),
            (This: this, prompt, tokens));

    (int[] Tokens, bool Natural) Find(PromptText prompt, int[] tokens, string text)
    {
        var joint = vocabulary.Tokenize(prompt.With(text));
        if (joint.Length > tokens.Length && joint.AsSpan().StartsWith(tokens))
            return (joint[tokens.Length..], true);
        // It would merge into the prompt. The prompt's own tokens are kept, and the text is written by itself; some tokenizers put the
        // blank before it on their own.
        foreach (var alone in new[] { text, text.TrimStart() })
        {
            if (vocabulary.TokenizeAlone(alone) is { Length: > 0 } own && string.Concat(own.Select(vocabulary.Piece)) == text)
                return (own, false);
        }
        throw new EngineException(
            EngineError.Prompt, $"this model cannot write \"{Shortened(text)}\" behind the prompt as tokens of its own");
    }

    static string Shortened(string text) => text.Length > 40 ? text[..40] + "..." : text;
}
