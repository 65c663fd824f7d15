namespace LocalOpinions.Scoring.Simd.Tests;

public class OneToManyTests
{
    static readonly int s_maxCount = InstructionSetTests.Cases(256);

    public static TheoryData<int> EveryNumberOfOptions => [.. Cases.NumbersOfOptions];

    [Theory]
    [MemberData(nameof(EveryNumberOfOptions))]
    public void Every_count_from_0_to_256_gives_the_oracles_similarities_and_the_same_bits(int options)
    {
        var random = new Random(options);
        var p = Cases.Weights(random, options);
        var rows = Enumerable.Range(0, s_maxCount).Select(_ => Cases.Partner(random, p)).ToArray();
        var whole = Cases.OneToMany(p, Cases.Block(options, rows));
        for (var i = 0; i < s_maxCount; i++)
        {
            var oracle = Math.Max(0, ScalarOracle.DivergenceBits(p, rows[i]));
            Assert.Equal(Similarity.Bits(oracle), Similarity.Bits(whole[i]), 1e-6);
        }

        var growing = DistributionBlock.Create(options, s_maxCount);
        for (var count = 0; count <= s_maxCount; count++)
        {
            Assert.Equal(whole[..count], Cases.OneToMany(p, growing));
            if (count < s_maxCount)
                growing.Add(rows[count]);
        }
    }

    [Fact]
    public void A_reset_block_forgets_its_rows()
    {
        var random = new Random(11);
        double[] p = Cases.Weights(random, 4), q = Cases.Weights(random, 4);
        var block = Cases.Block(4, [.. Enumerable.Range(0, 40).Select(_ => Cases.Weights(random, 4))]);
        block.Reset();
        Assert.Equal(0, block.Count);
        block.Add(q);
        Assert.Equal([Cases.Exact(p, q)], Cases.OneToMany(p, block));
    }

    [Fact]
    public void What_lies_beyond_the_count_stays_untouched()
    {
        var divergences = new double[20];
        Array.Fill(divergences, -7);
        JensenShannon.OneToMany([1, 1], Cases.Block(2, [1, 1], [1, 0], [0, 1]), divergences);
        Assert.All(divergences[3..], value => Assert.Equal(-7, value));
        Assert.DoesNotContain(-7, divergences[..3]);
    }

    [Fact]
    public void Filling_and_comparing_allocate_nothing()
    {
        var block = DistributionBlock.Create(5, 1000);
        var divergences = new double[1000];
        double[] p = [0.1, 0.2, 0.3, 0.4, 0];
        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
            Round();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round()
        {
            block.Reset();
            for (var i = 0; i < block.Capacity; i++)
                block.Add(p);
            JensenShannon.OneToMany(p, block, divergences);
        }
    }
}
