using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Engine.Decoding;

/// <summary>Asks the prompts of one plan, whatever of the answer is read. One thread at a time.</summary>
public interface IPromptScorer : IDisposable
{
    /// <summary>Asks them, yielding what is known together together. It comes out the same when others are left out.</summary>
    /// <param name="answered">Keys that need no score any more; none if absent.</param>
    /// <param name="cancellation">Ends the enumeration early. Whoever ends it early, so or by leaving the loop, needs a new scorer.</param>
    /// <param name="decoding">Told the context and the prompts of each piece before it begins; native code may end the process
    /// within.</param>
    /// <param name="singly">Whether no two decodes are to be under way at once.</param>
    /// <exception cref="EngineException">llama.cpp failed, or gave logits that are no numbers.</exception>
    IEnumerable<IReadOnlyList<PromptScore>> Score(
        Predicate<int>? answered = null, CancellationToken cancellation = default, Action<int, IReadOnlyList<int>>? decoding = null,
        bool singly = false);
}
