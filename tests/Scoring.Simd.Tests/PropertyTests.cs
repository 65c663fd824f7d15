using FsCheck;
using FsCheck.Fluent;
using LocalOpinions.Scoring.Simd.Kernels;

namespace LocalOpinions.Scoring.Simd.Tests;

public class PropertyTests
{
    /// <summary>Into doubles, and into floats by each variant.</summary>
    public static TheoryData<string> Forms => ["double", .. Kernel.All.Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_order_of_a_pair_changes_no_bit(string form) =>
        Holds((p, q, _) => One(form, p, q) == One(form, q, p));

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_divergence_is_between_0_and_1(string form) =>
        Holds((p, q, _) => One(form, p, q) is >= 0 and <= 1);

    [Theory]
    [MemberData(nameof(Forms))]
    public void Permuting_the_options_of_both_changes_the_distance_by_rounding_only(string form) =>
        Holds((p, q, random) =>
        {
            var order = Enumerable.Range(0, p.Length).ToArray();
            random.Shuffle(order);
            var permuted = Distance(form, [.. order.Select(k => p[k])], [.. order.Select(k => q[k])]);
            return Math.Abs(Distance(form, p, q) - permuted) < Tolerance(form);
        });

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_place_in_a_block_and_its_neighbours_change_no_bit(string form) =>
        Holds((p, q, random) =>
        {
            var rows = Enumerable.Range(0, 1 + random.Next(300)).Select(_ => Cases.Weights(random, p.Length)).ToArray();
            var place = random.Next(rows.Length);
            rows[place] = q;
            return Many(form, p, rows)[place] == One(form, p, q);
        });

    [Theory]
    [MemberData(nameof(Forms))]
    public void Options_that_nobody_chose_change_no_bit(string form) =>
        Holds((p, q, random) =>
        {
            // Into floats, more pairs are computed again from 27 options on.
            var most = form == "double" || p.Length > Cases.FewOptions[^1] ? DistributionBlock.MostOptions : Cases.FewOptions[^1];
            var unchosen = new double[random.Next(most - p.Length + 1)];
            return One(form, [.. p, .. unchosen], [.. q, .. unchosen]) == One(form, p, q);
        });

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_distance_keeps_the_triangle_inequality(string form) =>
        Holds((p, q, random) =>
        {
            var r = Cases.Partner(random, p);
            return Distance(form, p, q) <= Distance(form, p, r) + Distance(form, r, q) + Tolerance(form);
        });

    static double Tolerance(string form) => form == "double" ? 1e-7 : 1e-5;

    static double Distance(string form, double[] p, double[] q) => Math.Sqrt(One(form, p, q));

    static double One(string form, double[] p, double[] q) => Many(form, p, [q])[0];

    static double[] Many(string form, double[] p, double[][] rows) => form == "double"
        ? Cases.OneToMany(p, Cases.Block(p.Length, rows))
        : [.. Cases.OneToMany(Kernel.Choose(form), p, Cases.Block(p.Length, rows)).Select(divergence => (double)divergence)];

    /// <summary>Checks a property of pairs, near-identical ones included, with a source of more randomness beside them.</summary>
    static void Holds(Func<double[], double[], Random, bool> property)
    {
        var seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        var config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(InstructionSetTests.Cases(200))
            .WithReplay(20260901, 1);
        Check.One(config, Prop.ForAll(seeds, seed =>
        {
            var random = new Random(seed);
            var p = Cases.Weights(random, random.Next(DistributionBlock.FewestOptions, DistributionBlock.MostOptions + 1));
            return property(p, Cases.Partner(random, p), random);
        }));
    }
}
