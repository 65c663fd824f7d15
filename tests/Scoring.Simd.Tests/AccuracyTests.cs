namespace LocalOpinions.Scoring.Simd.Tests;

/// <summary>How far the numbers are from the truth; docs/scoring.md states the bounds that are asserted here.</summary>
public class AccuracyTests(ITestOutputHelper output)
{
    static readonly int s_pairs = InstructionSetTests.Cases(40_000);

    [Fact]
    public void The_similarity_equals_two_independent_double_computations_to_1e_6_near_identical_pairs_included()
    {
        double worstOracle = 0, worstForm = 0;
        ForEachPair((p, q, divergence) =>
        {
            var similarity = Similarity.Bits(divergence);
            var oracle = Similarity.Bits(Math.Max(0, ScalarOracle.DivergenceBits(p, q)));
            var form = Similarity.Bits(Cases.CancellationFreeBits(Cases.Normalised(p), Cases.Normalised(q)));
            worstOracle = Math.Max(worstOracle, Math.Abs(similarity - oracle));
            worstForm = Math.Max(worstForm, Math.Abs(similarity - form));
        });
        output.WriteLine($"from the textbook form {worstOracle:g3}, from the form without cancellation {worstForm:g3}");
        Assert.True(worstOracle < 1e-6, $"{worstOracle}");
        Assert.True(worstForm < 1e-7, $"{worstForm}");
    }

    [Fact]
    public void The_arithmetic_adds_at_most_4e_15_to_the_divergence_or_1e_14_with_many_options_and_1e_7_to_the_distance_of_what_is_stored()
    {
        double worst = 0, worstOfMany = 0, worstDistance = 0;
        ForEachPair((p, q, divergence) =>
        {
            var truth = Math.Min(1, Cases.CancellationFreeBits(Cases.Stored(p), Cases.Stored(q)));
            ref var worstHere = ref (p.Length <= Cases.FewOptions[^1] ? ref worst : ref worstOfMany);
            worstHere = Math.Max(worstHere, Math.Abs(divergence - truth));
            worstDistance = Math.Max(worstDistance, Math.Abs(Math.Sqrt(divergence) - Math.Sqrt(truth)));
        });
        output.WriteLine($"divergence {worst:g3}, with many options {worstOfMany:g3}, distance {worstDistance:g3}");
        Assert.True(worst < 4e-15, $"{worst}");
        Assert.True(worstOfMany < 1e-14, $"{worstOfMany}");
        Assert.True(worstDistance < 1e-7, $"{worstDistance}");
    }

    [Fact]
    public void Storing_shares_as_float_costs_at_most_1e_7_in_the_distance()
    {
        var worst = 0.0;
        ForEachPair((p, q, _) =>
        {
            var stored = Cases.CancellationFreeBits(Cases.Stored(p), Cases.Stored(q));
            var given = Cases.CancellationFreeBits(Cases.Normalised(p), Cases.Normalised(q));
            worst = Math.Max(worst, Math.Abs(Math.Sqrt(stored) - Math.Sqrt(given)));
        });
        output.WriteLine($"distance {worst:g3}");
        Assert.True(worst < 1e-7, $"{worst}");
        Assert.True(worst > 1e-9, "float storage has become free: say so in docs/scoring.md");
    }

    static void ForEachPair(Action<double[], double[], double> check)
    {
        var random = new Random(20260901);
        for (var i = 0; i < s_pairs; i++)
        {
            var p = Cases.Weights(random, Cases.NumbersOfOptions[i % Cases.NumbersOfOptions.Count]);
            var q = Cases.Partner(random, p);
            check(p, q, Cases.Exact(p, q));
        }
    }
}
