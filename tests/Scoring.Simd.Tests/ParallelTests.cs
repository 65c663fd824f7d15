namespace LocalOpinions.Scoring.Simd.Tests;

public class ParallelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(null)]
    public void Any_number_of_threads_gives_the_bits_of_the_plain_form(int? threads)
    {
        var random = new Random(8);
        double[] p = Cases.Weights(random, 3);
        var many = Cases.Block(3, [.. Enumerable.Range(0, 150_000).Select(_ => Cases.Weights(random, 3))]);
        var others = Cases.Block(3, [.. Enumerable.Range(0, many.Count).Select(_ => Cases.Weights(random, 3))]);
        float[] expected = new float[many.Count], actual = new float[many.Count];

        JensenShannon.OneToMany(p, many, expected);
        ParallelJensenShannon.OneToMany(p, many, actual, threads);
        Assert.True(expected.AsSpan().SequenceEqual(actual));

        JensenShannon.Matched(many, others, expected);
        ParallelJensenShannon.Matched(many, others, actual, threads);
        Assert.True(expected.AsSpan().SequenceEqual(actual));

        // More rows than one tile has columns.
        var rows = Cases.Block(4, [.. Enumerable.Range(0, 2300).Select(_ => Cases.Weights(random, 4))]);
        expected = new float[JensenShannon.PairCount(rows.Count)];
        actual = new float[expected.Length];
        JensenShannon.Pairwise(rows, expected);
        ParallelJensenShannon.Pairwise(rows, actual, threads);
        Assert.True(expected.AsSpan().SequenceEqual(actual));
    }

    [Fact]
    public void A_block_that_comes_from_memory_gives_the_bits_of_one_that_stays_in_the_cache()
    {
        const int few = 1000;
        var random = new Random(9);
        double[] p = Cases.Weights(random, 4);
        List<double[]> weights = [.. Enumerable.Range(0, 100_000).Select(_ => Cases.Weights(random, 4))];
        DistributionBlock many = Cases.Block(4, [.. weights]), start = Cases.Block(4, [.. weights.Take(few)]);
        float[] far = new float[many.Count], near = new float[few];

        JensenShannon.OneToMany(p, many, far);
        JensenShannon.OneToMany(p, start, near);
        Assert.True(near.AsSpan().SequenceEqual(far.AsSpan(0, few)));

        JensenShannon.Matched(many, many, far);
        Assert.All(far, divergence => Assert.Equal(0, divergence));
    }

    [Fact]
    public void Tiles_cover_every_pair_once()
    {
        foreach (var count in new[] { 0, 1, 2, 255, 256, 257, 2048, 2049, 2305 })
        {
            var seen = new int[JensenShannon.PairCount(count)];
            var tiles = new TriangleTiles(count);
            for (var i = 0; i < tiles.Count; i++)
                for (var row = tiles[i].FirstRow; row < tiles[i].EndRow; row++)
                    for (var column = Math.Max(row + 1, tiles[i].FirstColumn); column < tiles[i].EndColumn; column++)
                        seen[JensenShannon.PairIndex(count, row, column)]++;
            Assert.DoesNotContain(seen, times => times != 1);
        }
    }

    [Fact]
    public void Wrong_shapes_are_refused_before_any_thread_starts()
    {
        var block = Cases.Block(2, [1, 1], [1, 2], [1, 3]);
        Assert.Throws<ArgumentException>(() => ParallelJensenShannon.OneToMany([1, 1], block, new float[2]));
        Assert.Throws<ArgumentException>(() => ParallelJensenShannon.Matched(block, Cases.Block(2, [1, 1]), new float[3]));
        Assert.Throws<ArgumentException>(() => ParallelJensenShannon.Pairwise(block, new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParallelJensenShannon.Pairwise(block, new float[3], 0));
    }
}
