using FsCheck;
using FsCheck.Fluent;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Tests;

public class DecodePlanTests
{
    static readonly PlanShape s_shape = new();

    // Few token values and short lengths: shared prefixes, prompts within prompts and equal prompts all come up.
    static readonly Arbitrary<int[][]> s_alike = Gen.Choose(0, 2).ArrayOf().Where(t => t.Length is > 0 and < 60).ArrayOf()
        .Where(p => p.Length > 0).ToArbitrary();

    static readonly Arbitrary<int[]> s_lengths = Gen.Choose(1, 700).ArrayOf().Where(l => l.Length > 0).ToArbitrary();

    [Fact]
    public void Every_prompt_is_spelled_once_by_its_branch() =>
        Prop.ForAll(s_alike, tokens => SpellsItsPrompts(Prompts(tokens), s_shape)).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_prompt_is_spelled_once_when_prefixes_are_long() =>
        Prop.ForAll(s_lengths, lengths => SpellsItsPrompts(Family(lengths), new(DecodeTokens: 128, Prompts: 5, Prefixes: 3, Height: 2)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_decode_fits_and_none_is_below_the_smallest_ubatch() =>
        Prop.ForAll(s_lengths, lengths => Fits(Family(lengths), s_shape)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_arrival_changes_nothing() => Prop.ForAll(s_alike, tokens =>
    {
        var prompts = Prompts(tokens);
        var shuffled = prompts.OrderBy(p => (p.Key * 7919 + 13) % 101).ToList();
        return DecodePlan.Packed(prompts, s_shape).Sha256 == DecodePlan.Packed(shuffled, s_shape).Sha256;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Another_token_or_another_shape_is_another_plan()
    {
        var prompts = Prompts([[1, 2, 3], [1, 2, 4]]);
        var hash = DecodePlan.Packed(prompts, s_shape).Sha256;
        Assert.NotEqual(hash, DecodePlan.Packed(Prompts([[1, 2, 3], [1, 2, 5]]), s_shape).Sha256);
        Assert.NotEqual(hash, DecodePlan.Packed(prompts, s_shape with { DecodeTokens = 256 }).Sha256);
        Assert.Matches("^[0-9a-f]{64}$", hash);
    }

    [Fact]
    public void Sharing_never_decodes_more() => Prop.ForAll(s_alike, tokens =>
    {
        var plan = DecodePlan.Packed(Prompts(tokens), s_shape);
        return plan.Tokens <= plan.UnsharedTokens && plan.UnsharedTokens == tokens.Sum(t => t.Length);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_prefix_of_eight_branches_is_decoded_once()
    {
        var plan = DecodePlan.Packed(Branches(questions: 5, prefix: 100, branches: 8, rest: 7), s_shape);
        Assert.Equal(5 * (100 + 8 * 7), plan.Tokens);
        Assert.Equal(5 * 8 * 107, plan.UnsharedTokens);
        // Two prefixes fit into a decode of 256 tokens of prefixes, and one decode has the rests of both.
        Assert.Equal(3 + 3, plan.Decodes);
    }

    [Fact]
    public void Prefixes_within_prefixes_are_shared_too()
    {
        // Question, then one of two orders, then one of eight countries.
        var prompts = Enumerable.Range(0, 16).Select(i =>
            new TokenizedPrompt(i, [.. Run(1, 50), .. Run(100 + i / 8, 60), .. Run(200 + i % 8, 7)], [], false)).ToList();
        var plan = DecodePlan.Packed(prompts, s_shape);
        Assert.Equal(50 + 2 * 60 + 16 * 7, plan.Tokens);
        Assert.Equal(2, plan.Leaves.Max(l => l.Depth));
        Assert.Equal(16 * 117, DecodePlan.Packed(prompts, s_shape with { Height = 0 }).Tokens);
    }

    [Fact]
    public void A_prefix_that_saves_too_little_is_not_shared()
    {
        var plan = DecodePlan.Packed([new(0, [.. Run(1, 8), .. Run(2, 80)], [], false), new(1, [.. Run(1, 8), .. Run(3, 80)], [], false)],
            s_shape);
        Assert.Equal(plan.UnsharedTokens, plan.Tokens);
    }

    [Fact]
    public void A_survey_of_short_prompts_fills_its_decodes()
    {
        var random = new Random(1);
        var prompts = Prompts([.. Enumerable.Range(0, 2556)
            .Select(_ => Enumerable.Range(0, random.Next(60, 220)).Select(_ => random.Next(40000)).ToArray())]);
        var plan = DecodePlan.Packed(prompts, s_shape);
        Assert.InRange(plan.Tokens / (double)(plan.Decodes * DecodePlan.Ubatch), 0.98, 1);
    }

    [Fact]
    public void One_by_one_is_unpadded_and_shares_nothing()
    {
        var plan = DecodePlan.OneByOne(Family([5, 100, 700]));
        Assert.Equal([5, 100, 700], plan.Leaves.Select(l => l.Tokens));
        Assert.All(plan.Leaves, l => Assert.Equal((1, 0, 0), (l.Sequences, l.Padding, l.Depth)));
    }

    [Fact]
    public void Nothing_to_ask_empty_prompts_and_impossible_shapes_are_the_callers_mistakes()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DecodePlan.Packed([], s_shape));
        Assert.Throws<ArgumentException>(() => DecodePlan.OneByOne([new(3, [], [], false)]));
        Assert.Throws<ArgumentException>(() => DecodePlan.Packed(Family([5]), new(Prompts: 200, Prefixes: 60, Height: 1)));
    }

    internal static List<TokenizedPrompt> Branches(int questions, int prefix, int branches, int rest) =>
        [.. Enumerable.Range(0, questions * branches).Select(
            i => new TokenizedPrompt(i, [.. Run(1000 + i / branches, prefix), .. Run(i % branches, rest)], [], false))];

    static bool SpellsItsPrompts(IReadOnlyList<TokenizedPrompt> prompts, PlanShape shape)
    {
        var plan = DecodePlan.Packed(prompts, shape);
        var leaves = plan.Leaves.SelectMany(l => l.Segments).ToList();
        return leaves.Select(s => s.Path.Key).Order().SequenceEqual(prompts.Select(p => p.Key).Order())
            && leaves.All(s => Spelled(s).SequenceEqual(s.Path.Tokens))
            && Decodes(plan).Sum(d => (long)d.Tokens) == plan.Tokens;
    }

    static IEnumerable<int> Spelled(Segment segment) => segment.Parent is { } parent ? Spelled(parent).Concat(segment.Tokens.ToArray())
        : segment.Tokens.ToArray();

    static bool Fits(IReadOnlyList<TokenizedPrompt> prompts, PlanShape shape)
    {
        var plan = DecodePlan.Packed(prompts, shape);
        return Decodes(plan).All(d =>
            d.Segments.Count <= (d.IsLeaf ? shape.Prompts : shape.Prefixes)
            && (d.Segments.Count == 1 || d.Tokens <= shape.DecodeTokens)
            && (d.Tokens + d.Padding) % shape.DecodeTokens is 0 or >= DecodePlan.SmallestUbatch
            && d.Depth <= shape.Height && d.Sequences <= 256 && d.Sequences <= plan.MostSequences && d.Cells <= plan.MostCells
            && d.Segments.All(s => s.Sequence >= d.FirstSequence && s.IsLeaf == d.IsLeaf));
    }

    static HashSet<PlannedDecode> Decodes(DecodePlan plan)
    {
        var all = new HashSet<PlannedDecode>();
        foreach (var leaf in plan.Leaves)
        {
            for (var decode = leaf; decode is not null; decode = decode.Parent)
                all.Add(decode);
        }
        return all;
    }

    static List<TokenizedPrompt> Prompts(int[][] tokens) => [.. tokens.Select((t, i) => new TokenizedPrompt(i, t, [], false))];

    /// <summary>Prompts of these lengths; all begin alike and part early or late.</summary>
    static List<TokenizedPrompt> Family(int[] lengths) =>
        [.. lengths.Select((l, i) => new TokenizedPrompt(
            i, [.. Enumerable.Range(0, l).Select(t => t < l * (i % 3) / 3 ? t : t + i * 1000)], [], false))];

    static int[] Run(int seed, int length) => [.. Enumerable.Range(0, length).Select(i => seed * 1000 + i)];
}
