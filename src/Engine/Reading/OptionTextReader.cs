using System.Text;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Reading;

/// <summary>Tokenises prompts behind which whole texts are read. Thread-safe.</summary>
/// <remarks>Prompt and text are tokenised jointly, as <see cref="LabelReader"/> does it with labels, so that the boundary between them is
/// the vocabulary's own.</remarks>
public sealed class OptionTextReader(IVocabulary vocabulary)
{
    readonly ContinuationReader _continuations = new(vocabulary);

    /// <summary>Tokenises a prompt and its options' texts, each behind a blank.</summary>
    /// <param name="key">The caller's name for the prompt.</param>
    /// <param name="prompt">The prompt; ends with a word.</param>
    /// <param name="options">The options' texts, as they would stand in an answer.</param>
    /// <param name="domain">A prompt that asks nothing in particular and ends as the prompt does; null where texts are not read after
    /// it.</param>
    /// <exception cref="EngineException">Kind <see cref="EngineError.Prompt"/>: an option cannot be written as tokens there, or two are the
    /// same.</exception>
    public TokenizedPrompt Read(int key, PromptText prompt, IReadOnlyList<string> options, PromptText? domain)
    {
        if (options.ToList().FindIndex(string.IsNullOrWhiteSpace) is >= 0 and var empty)
            throw new EngineException(EngineError.Prompt, $"option {empty + 1} has no text to read; read labels instead");
        var tokens = vocabulary.Tokenize(prompt);
        var written = _continuations.Read(prompt, tokens, [.. options.Select(o => " " + o)]);
        var texts = new int[options.Count][];
        var natural = true;
        var known = new HashSet<string>();
        for (var i = 0; i < texts.Length; i++)
        {
            (texts[i], var parted) = written[i];
            natural &= parted;
            if (!known.Add(string.Join(' ', texts[i])))
                throw new EngineException(EngineError.Prompt,
                    $"the option \"{options[i]}\" stands there twice, and the same text has the same probability; read labels instead");
        }
        return new(key, tokens, [], !natural)
        {
            Texts = new(texts, [.. options.Select(Encoding.UTF8.GetByteCount)], domain is null ? [] : vocabulary.Tokenize(domain)),
        };
    }
}
