using FsCheck;
using FsCheck.Fluent;

namespace LocalOpinions.Engine.Tests;

public class DecodePlanTests
{
    [Fact]
    public void Every_prompt_is_decoded_once_in_a_group_that_fits()
    {
        var lengths = Gen.Choose(1, 700).ListOf().ToArbitrary();
        Prop.ForAll(lengths, l => Holds([.. l])).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Thousands_of_tiny_prompts_keep_to_the_limit_of_prompts_per_decode()
    {
        var random = new Random(2);
        Assert.True(Holds([.. Enumerable.Range(0, 3000).Select(_ => random.Next(1, 6))]));
    }

    [Fact]
    public void A_survey_of_short_prompts_fills_its_decodes()
    {
        var random = new Random(1);
        var prompts = Prompts([.. Enumerable.Range(0, 2556).Select(_ => random.Next(60, 220))]);
        var groups = DecodePlan.Packed(prompts);
        Assert.InRange(prompts.Sum(p => p.Tokens.Length) / (double)(groups.Count * DecodePlan.Ubatch), 0.98, 1);
    }

    [Fact]
    public void Exact_decodes_every_prompt_by_itself_and_unpadded()
    {
        var groups = DecodePlan.OneByOne(Prompts([5, 100, 700]));
        Assert.Equal([5, 100, 700], groups.Select(g => g.Tokens));
        Assert.All(groups, g => Assert.Equal(1, g.Sequences));
    }

    static bool Holds(int[] lengths)
    {
        var prompts = Prompts(lengths);
        var groups = DecodePlan.Packed(prompts);
        var once = groups.SelectMany(g => g.Prompts).Select(p => p.Key).Order().SequenceEqual(Enumerable.Range(0, lengths.Length));
        var fit = groups.All(g => g.Prompts.Count <= DecodePlan.MaxPrompts && (g.Prompts.Count == 1 || g.Tokens <= DecodePlan.Ubatch));
        var fullKernels = groups.All(g => g.Tokens % DecodePlan.Ubatch is 0 or >= DecodePlan.SmallestUbatch);
        return once && fit && fullKernels;
    }

    static TokenizedPrompt[] Prompts(int[] lengths) => [.. lengths.Select((l, i) => new TokenizedPrompt(i, new int[l], [], false))];
}
