using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Asking.Sharding;

/// <summary>
/// Which prompts of a job a shard takes. All prompts of a work stand on a line in the order in which they are asked, each as long as it
/// costs, and a shard is one of equally long pieces of that line. It depends on nothing but what is asked, so shards agree without a word.
/// </summary>
/// <param name="Shard">Which piece.</param>
/// <param name="Before">What of the line lies before this job's first prompt.</param>
/// <param name="Each">How long each of the job's prompts is.</param>
/// <param name="All">The whole line; null where it is this job alone.</param>
public sealed record ShardRange(Shard Shard, Int128 Before, Int128 Each, Int128? All)
{
    /// <summary>A shard of one job.</summary>
    public static ShardRange Of(Shard shard) => new(shard, 0, 1, null);

    /// <summary>Whether any prompt of the job may be in the shard.</summary>
    /// <param name="prompts">Prompts of the job.</param>
    public bool TakesAny(long prompts) =>
        prompts > 0 && Piece(0, prompts) <= Shard.Number && Piece(prompts - 1, prompts) >= Shard.Number;

    /// <summary>The prompts of a batch that the shard takes, by key. What branches from the same prefixes stays together.</summary>
    /// <param name="groups">The batch's decodes in order.</param>
    /// <param name="before">Prompts of the job's earlier batches.</param>
    /// <param name="prompts">Prompts of the job.</param>
    public HashSet<int> Keys(IReadOnlyList<DecodeGroup> groups, long before, long prompts)
    {
        HashSet<int> taken = [];
        var (at, root, isTaken) = (before, (int?)null, false);
        foreach (var group in groups)
        {
            if (group.Root != root)
                (root, isTaken) = (group.Root, Piece(Math.Min(at, prompts - 1), prompts) == Shard.Number);
            if (isTaken)
                taken.UnionWith(group.Keys);
            at += group.Keys.Length;
        }
        return taken;
    }

    int Piece(long prompt, long prompts) => (int)((Before + Each * prompt) * Shard.Count / (All ?? Each * prompts)) + 1;
}
