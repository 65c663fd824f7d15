using LocalOpinions.Scoring.Simd.Kernels;

namespace LocalOpinions.Scoring.Simd.Tests;

/// <summary>How far divergences in float are from the truth; docs/scoring.md states the bounds that are asserted here.</summary>
public class KernelAccuracyTests(ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void A_divergence_is_right_to_1e_6_and_a_distance_to_1e_5(string variant) =>
        Check(Kernel.Choose(variant), Cases.FewOptions, InstructionSetTests.Cases(25_000), 1, 6e-7);

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void With_up_to_100_options_a_divergence_is_right_to_2e_6_and_a_distance_to_1e_5(string variant) =>
        Check(Kernel.Choose(variant), Cases.ManyOptions, InstructionSetTests.Cases(6_000), 1, 2e-6);

    [Theory(Explicit = true)]
    [Trait("Category", "Long")]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void Over_ten_times_the_pairs_too(string variant)
    {
        Check(Kernel.Choose(variant), Cases.FewOptions, 250_000, 2, 6e-7);
        Check(Kernel.Choose(variant), Cases.ManyOptions, 60_000, 2, 2e-6);
    }

    // Through blocks, and against the form that never cancels: the oracle's own rounding would hide in the distance.
    void Check(Kernel kernel, IReadOnlyList<int> numbersOfOptions, int pairs, int seed, double bound)
    {
        double worstKernel = 0, worst = 0, worstDistance = 0;
        var perOptions = pairs / numbersOfOptions.Count;
        foreach (var options in numbersOfOptions)
        {
            var random = new Random(1000 * seed + options);
            var p = Enumerable.Range(0, perOptions).Select(_ => Cases.Weights(random, options)).ToArray();
            var q = p.Select(row => Cases.Partner(random, row)).ToArray();
            DistributionBlock left = Cases.Block(options, p), right = Cases.Block(options, q);
            var kernels = new float[perOptions];
            var refined = new float[perOptions];
            kernel.Divergences(Pairing.Matched, left.Rows, right.Rows, kernels);
            JensenShannon.Matched<float, InFloat>(kernel, left, right, refined);
            for (var i = 0; i < perOptions; i++)
            {
                var truth = Math.Min(1, Cases.CancellationFreeBits(Cases.Normalised(p[i]), Cases.Normalised(q[i])));
                worstKernel = Math.Max(worstKernel, Math.Abs(kernels[i] - truth));
                worst = Math.Max(worst, Math.Abs(refined[i] - truth));
                worstDistance = Math.Max(worstDistance, Math.Abs(Math.Sqrt(refined[i]) - Math.Sqrt(truth)));
            }
        }
        output.WriteLine($"{kernel.Name}, {numbersOfOptions[0]} to {numbersOfOptions[^1]} options: "
            + $"kernel {worstKernel:g3}, divergence {worst:g3}, distance {worstDistance:g3}");
        Assert.True(worstKernel < bound, $"the kernel's divergence: {worstKernel}");
        Assert.True(worst < bound, $"divergence: {worst}");
        Assert.True(worstDistance < 1e-5, $"distance: {worstDistance}");
    }
}
