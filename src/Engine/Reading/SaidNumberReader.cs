using System.Collections.Concurrent;
using System.Globalization;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Reading;

/// <summary>
/// Tokenises prompts behind which a number is read for each option: behind the prompt stands the option's opening, and behind that a blank
/// and any numeral from 0 to <see cref="Largest"/>. Thread-safe.
/// </summary>
public sealed class SaidNumberReader(IVocabulary vocabulary)
{
    /// <summary>The largest number that is read.</summary>
    public const int Largest = 100;

    readonly ContinuationReader _continuations = new(vocabulary);

    // Numerals stand behind a blank, and no token reaches over it into the word before: what that word's last token is decides how they are
    // written.
    readonly ConcurrentDictionary<int, (int[][] Numerals, bool Natural)> _known = new();

    /// <summary>Tokenises a prompt, its options' openings and the numerals behind each.</summary>
    /// <param name="key">The caller's name for the prompt.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="openings">For each option what leads from the prompt to its number; begins with a blank or a line feed.</param>
    /// <exception cref="EngineException">
    /// Kind <see cref="EngineError.Prompt"/>: an opening cannot be written as tokens there, or two are the same.
    /// </exception>
    public TokenizedPrompt Read(int key, PromptText prompt, IReadOnlyList<string> openings)
    {
        var tokens = vocabulary.Tokenize(prompt);
        var behind = _continuations.Read(prompt, tokens, openings);
        List<int[]> texts = [];
        var natural = true;
        var known = new HashSet<string>();
        foreach (var (opening, (begun, parted)) in openings.Zip(behind))
        {
            if (!known.Add(string.Join(' ', begun)))
                throw new EngineException(
                    EngineError.Prompt, $"\"{opening.Trim()}\" stands there twice, and the same words get the same number");
            var (numerals, written) = _known.GetOrAdd(begun[^1], static (_, arg) => arg.This.Numerals(arg.prompt, arg.context),
                (This: this, prompt: prompt.With(opening), context: (int[])[.. tokens, .. begun]));
            natural &= parted && written;
            texts.Add(begun);
            texts.AddRange(numerals.Select(n => (int[])[.. begun, .. n]));
        }
        return new(key, tokens, [], !natural) { Texts = new([.. texts], new int[texts.Count], []) { Numbers = Largest + 1 } };
    }

    (int[][] Numerals, bool Natural) Numerals(PromptText prompt, int[] context)
    {
        var read = _continuations.Read(
            prompt, context, [.. Enumerable.Range(0, Largest + 1).Select(n => " " + n.ToString(CultureInfo.InvariantCulture))]);
        return ([.. read.Select(r => r.Tokens)], Array.TrueForAll(read, r => r.Natural));
    }
}
