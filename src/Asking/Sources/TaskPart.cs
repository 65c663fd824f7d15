using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Asking.Sources;

/// <summary>A part of a task's work. What is decoded together stays together, so that parts come out as the whole would.</summary>
/// <param name="Number">Which, from 0.</param>
/// <param name="Of">How many there are.</param>
public sealed record TaskPart(int Number, int Of)
{
    /// <summary>Which prompts are a part's.</summary>
    /// <param name="part">The part; null for all of the work.</param>
    /// <param name="groups">The prompts of all decodes: every part sees the same.</param>
    internal static Predicate<int> Keys(TaskPart? part, IReadOnlyList<DecodeGroup> groups)
    {
        if (part is null)
            return _ => true;
        var keys = Shares.Of(groups, part.Of).Where((_, i) => i % part.Of == part.Number).SelectMany(s => s).SelectMany(g => g.Keys)
            .ToHashSet();
        return keys.Contains;
    }
}
