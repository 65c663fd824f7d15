using System.Collections.Concurrent;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Engine.Reading;

/// <summary>What is found out of texts behind prompts, once for all prompts that end alike. Thread-safe.</summary>
/// <param name="find">Finds it out of one text behind a prompt with these tokens.</param>
sealed class KnownBehind<T>(Func<PromptText, int[], string, T> find)
{
    // A tokenizer joins neighbours: how a text behind the prompt is written depends on the prompt's end alone, and this many
    // tokens reach far beyond what one token could swallow. The templates' closing words make it the same for whole surveys.
    const int Tail = 8;

    readonly ConcurrentDictionary<(string Tail, string Text), Lazy<Task<T>>> _known = new();

    /// <summary>Finds it out of several texts: of all that are new at the same time, as a served vocabulary takes a while to answer.
    /// </summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="texts">The texts.</param>
    /// <exception cref="EngineException">One of them failed, the first of those; which says nothing of them behind another prompt.
    /// </exception>
    public T[] Read(PromptText prompt, int[] tokens, IReadOnlyList<string> texts)
    {
        var tail = string.Join(' ', tokens.AsSpan(Math.Max(0, tokens.Length - Tail)).ToArray());
        Task<T>[] found = [.. texts.Select(text => Found((tail, text), prompt, tokens))];
        // All of them, also where one failed: none may still use the vocabulary of a model that is gone.
        foreach (Task one in found)
            one.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        return [.. found.Select(f => f.GetAwaiter().GetResult())];
    }

    Task<T> Found((string Tail, string Text) key, PromptText prompt, int[] tokens)
    {
        if (_known.TryGetValue(key, out var known) && known.Value.IsFaulted)
            _known.TryRemove(KeyValuePair.Create(key, known));
        return _known.GetOrAdd(key, static (at, arg) => new(() => Task.Run(() => arg.find(arg.prompt, arg.tokens, at.Text))),
            (find, prompt, tokens)).Value;
    }
}
