using LocalOpinions.Scoring.Simd.Kernels;

namespace LocalOpinions.Scoring.Simd.Tests;

/// <summary>What holds for divergences into floats, in every variant.</summary>
public class KernelTests
{
    static readonly int s_maxCount = InstructionSetTests.Cases(256);

    static readonly Kernel s_scalar = Kernel.Choose("scalar");

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void Every_count_to_256_and_every_number_of_options_gives_the_oracles_divergence_and_distance(string variant)
    {
        var kernel = Kernel.Choose(variant);
        foreach (var options in Cases.NumbersOfOptions)
        {
            var random = new Random(options);
            var p = Cases.Weights(random, options);
            var rows = Enumerable.Range(0, s_maxCount).Select(_ => Cases.Partner(random, p)).ToArray();
            var whole = Cases.OneToMany(kernel, p, Cases.Block(options, rows));
            for (var i = 0; i < s_maxCount; i++)
            {
                var oracle = Math.Clamp(ScalarOracle.DivergenceBits(p, rows[i]), 0, 1);
                Assert.Equal(oracle, whole[i], 1e-6);
                Assert.Equal(Math.Sqrt(oracle), Math.Sqrt(whole[i]), 1e-5);
            }

            var growing = DistributionBlock.Create(options, s_maxCount);
            for (var count = 0; count <= s_maxCount; count++)
            {
                Assert.Equal(whole[..count], Cases.OneToMany(kernel, p, growing));
                if (count < s_maxCount)
                    growing.Add(rows[count]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants.Fused), MemberType = typeof(Variants))]
    public void A_fused_kernel_gives_the_scalar_kernels_bits(string variant)
    {
        var kernel = Kernel.Choose(variant);
        foreach (var options in Cases.NumbersOfOptions)
        {
            var random = new Random(100 + options);
            var (p, q) = Blocks(random, options, 3 * DistributionBlock.Padding + 5);
            var expected = new float[p.Count];
            var actual = new float[p.Count];
            foreach (var pairing in Enum.GetValues<Pairing>())
            {
                s_scalar.Divergences(pairing, p.Rows, q.Rows, expected);
                kernel.Divergences(pairing, p.Rows, q.Rows, actual);
                Assert.Equal(expected, actual);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void Matched_pairwise_and_one_to_many_give_a_pair_the_same_bits(string variant)
    {
        var kernel = Kernel.Choose(variant);
        foreach (var (options, count) in new[] { (2, 1), (3, 2), (4, 70), (5, 333), (26, 65), (100, 65) })
        {
            var random = new Random(count);
            var rows = Enumerable.Range(0, count).Select(_ => Cases.Weights(random, options)).ToArray();
            var block = Cases.Block(options, rows);
            var triangle = new float[JensenShannon.PairCount(count)];
            JensenShannon.Pairwise<float, InFloat>(kernel, block, triangle);
            for (var i = 0; i < count; i++)
            {
                var all = Cases.OneToMany(kernel, rows[i], block);
                var start = (int)JensenShannon.PairIndex(count, i, i + 1);
                Assert.Equal(all[(i + 1)..], triangle[start..(start + count - i - 1)]);

                // A block of copies of one row, matched: the same pairs in another form.
                if (i % 20 != 0)
                    continue;
                var matched = new float[count];
                var copies = Cases.Block(options, [.. Enumerable.Repeat(rows[i], count)]);
                JensenShannon.Matched<float, InFloat>(kernel, block, copies, matched);
                Assert.Equal(all, matched);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void A_block_longer_than_every_step_gives_the_bits_of_single_pairs(string variant)
    {
        var kernel = Kernel.Choose(variant);
        var random = new Random(3);
        var p = Cases.Weights(random, 4);
        var rows = Enumerable.Range(0, 5000).Select(_ => Cases.Partner(random, p)).ToArray();
        var all = Cases.OneToMany(kernel, p, Cases.Block(4, rows));
        for (var i = 0; i < rows.Length; i++)
            Assert.Equal(Cases.InFloat(kernel, p, rows[i]), all[i]);
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void Zeros_subnormals_and_disjoint_supports_need_no_care(string variant)
    {
        var kernel = Kernel.Choose(variant);
        Assert.Equal(1f, Cases.InFloat(kernel, [1, 1, 0, 0], [0, 0, 3, 1]));
        Assert.Equal(0f, Cases.InFloat(kernel, [1, 1, 0, 0], [1, 1, 0, 0]));
        foreach (var tiny in new[] { double.Epsilon, 1e-310, 1e-44, 1e-40, 1.2e-38, 1e-37, 1e-36, -0.0 })
        {
            Assert.Equal(Cases.InFloat(kernel, [0.5, 0.5, 0], [1, 0, 0]), Cases.InFloat(kernel, [0.5, 0.5, tiny], [1, 0, tiny]), 1e-7);
            Assert.Equal(1f, Cases.InFloat(kernel, [1, tiny], [0, 1]), 1e-7);
            Assert.Equal(0f, Cases.InFloat(kernel, [1, tiny], [1, tiny]));
        }
        foreach (var options in Cases.NumbersOfOptions)
            for (var hot = 0; hot < options; hot++)
            {
                var p = Enumerable.Range(0, options).Select(k => k == hot ? 1.0 : 0).ToArray();
                var q = Enumerable.Range(0, options).Select(k => k == 0 ? 1.0 : 0).ToArray();
                Assert.Equal(hot == 0 ? 0f : 1f, Cases.InFloat(kernel, p, q));
            }
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void A_destination_may_lie_over_the_weights_and_keeps_what_is_behind_the_count(string variant)
    {
        var kernel = Kernel.Choose(variant);
        var random = new Random(9);
        var p = Cases.Weights(random, 5);
        var block = Cases.Block(5, [.. Enumerable.Range(0, 40).Select(_ => Cases.Weights(random, 5))]);
        var expected = Cases.OneToMany(kernel, p, block);

        var shared = new double[25];
        p.CopyTo(shared, 0);
        var floats = System.Runtime.InteropServices.MemoryMarshal.Cast<double, float>(shared.AsSpan());
        floats[40..].Fill(-7);
        JensenShannon.OneToMany<float, InFloat>(kernel, p, block, floats);
        Assert.Equal(expected, floats[..40].ToArray());
        p.CopyTo(shared, 0);
        JensenShannon.OneToMany<float, InFloat>(kernel, shared.AsSpan(0, 5), block, floats);
        Assert.Equal(expected, floats[..40].ToArray());
        floats[40..].Fill(-7);
        JensenShannon.OneToMany<float, InFloat>(kernel, p, block, floats);
        Assert.All(floats[40..].ToArray(), value => Assert.Equal(-7, value));
    }

    [Theory]
    [MemberData(nameof(Variants.Names), MemberType = typeof(Variants))]
    public void Nothing_is_allocated(string variant)
    {
        var kernel = Kernel.Choose(variant);
        var random = new Random(2);
        var block = Cases.Block(2, [.. Enumerable.Range(0, 300).Select(_ => Cases.Weights(random, 2))]);
        double[] p = [0.3, 0.7];
        var floats = new float[JensenShannon.PairCount(300)];
        var doubles = new double[JensenShannon.PairCount(300)];
        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Round();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round()
        {
            JensenShannon.OneToMany<float, InFloat>(kernel, p, block, floats);
            JensenShannon.Matched<float, InFloat>(kernel, block, block, floats);
            JensenShannon.Pairwise<float, InFloat>(kernel, block, floats);
            JensenShannon.Matched<double, InDouble>(kernel, block, block, doubles);
            JensenShannon.Pairwise<double, InDouble>(kernel, block, doubles);
        }
    }

    [Fact]
    public void A_variant_is_chosen_by_name_and_a_wrong_name_is_an_error_that_names_the_right_ones()
    {
        Assert.Equal(["scalar", "tensor", "v256", "v512"], Kernel.All.Select(kernel => kernel.Name));
        Assert.All(Kernel.All, kernel => Assert.Same(kernel, Kernel.Choose(kernel.Name)));
        Assert.Same(Kernel.Choose(null), Kernel.Choose(""));
        var error = Assert.Throws<InvalidOperationException>(() => Kernel.Choose("avx"));
        Assert.Equal("LOCALOPINIONS_SIMD is 'avx'. Set it to scalar, tensor, v256, v512, or not at all.", error.Message);
        Assert.Equal(Environment.GetEnvironmentVariable(Kernel.Variable) ?? Kernel.Choose(null).Name, JensenShannon.Variant);
    }

    static (DistributionBlock P, DistributionBlock Q) Blocks(Random random, int options, int count)
    {
        var rows = Enumerable.Range(0, count).Select(_ => Cases.Weights(random, options)).ToArray();
        return (Cases.Block(options, rows), Cases.Block(options, [.. rows.Select(row => Cases.Partner(random, row))]));
    }
}
