using FsCheck;
using FsCheck.Fluent;

namespace LocalOpinions.Scoring.Simd.Tests;

public class PropertyTests
{
    [Fact]
    public void The_order_of_a_pair_changes_no_bit() =>
        Holds((p, q, _) => Cases.Exact(p, q) == Cases.Exact(q, p));

    [Fact]
    public void A_divergence_is_between_0_and_1() =>
        Holds((p, q, _) => Cases.Exact(p, q) is >= 0 and <= 1);

    [Fact]
    public void Permuting_the_options_of_both_changes_the_distance_by_rounding_only() =>
        Holds((p, q, random) =>
        {
            var order = Enumerable.Range(0, p.Length).ToArray();
            random.Shuffle(order);
            var permuted = Cases.Exact([.. order.Select(k => p[k])], [.. order.Select(k => q[k])]);
            return Math.Abs(Math.Sqrt(Cases.Exact(p, q)) - Math.Sqrt(permuted)) < 1e-7;
        });

    [Fact]
    public void The_place_in_a_block_and_its_neighbours_change_no_bit() =>
        Holds((p, q, random) =>
        {
            var rows = Enumerable.Range(0, 1 + random.Next(700)).Select(_ => Cases.Weights(random, p.Length)).ToArray();
            var place = random.Next(rows.Length);
            rows[place] = q;
            return Cases.OneToMany(p, Cases.Block(p.Length, rows))[place] == Cases.Exact(p, q);
        });

    [Fact]
    public void Options_that_nobody_chose_change_no_bit() =>
        Holds((p, q, random) =>
        {
            var unchosen = new double[random.Next(Row.MaxOptions - p.Length + 1)];
            return Cases.Exact([.. p, .. unchosen], [.. q, .. unchosen]) == Cases.Exact(p, q);
        });

    [Fact]
    public void The_distance_keeps_the_triangle_inequality() =>
        Holds((p, q, random) =>
        {
            var r = Cases.Partner(random, p);
            return Distance(p, q) <= Distance(p, r) + Distance(r, q) + 1e-7;
        });

    static double Distance(double[] p, double[] q) => Math.Sqrt(Cases.Exact(p, q));

    /// <summary>Checks a property of pairs, near-identical ones included, with a source of more randomness beside them.</summary>
    static void Holds(Func<double[], double[], Random, bool> property)
    {
        var seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        var config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500).WithReplay(20260901, 1);
        Check.One(config, Prop.ForAll(seeds, seed =>
        {
            var random = new Random(seed);
            var p = Cases.Weights(random, random.Next(Row.MinOptions, Row.MaxOptions + 1));
            return property(p, Cases.Partner(random, p), random);
        }));
    }
}
