namespace LocalOpinions.Scoring.Simd.Tests;

public class LogSumExpTests
{
    const float Inf = float.PositiveInfinity;

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(1023)]
    [InlineData(1025)]
    [InlineData(49_152)]
    [InlineData(131_072)]
    [InlineData(262_144)]
    public void A_vocabularys_normaliser_is_right_to_1e_12(int length)
    {
        var random = new Random(length);
        foreach (var scale in new[] { 0.0, 1.0, 20.0, 1000.0 })
        {
            var logits = new float[length];
            for (var i = 0; i < length; i++)
                logits[i] = (float)(scale * (random.NextDouble() - 0.7));
            Assert.Equal(Oracle(logits), LogSumExp.Of(logits), 1e-12 * Math.Max(1, scale));
        }
    }

    [Fact]
    public void Every_short_length_agrees_with_the_form_for_doubles()
    {
        var random = new Random(5);
        for (var length = 0; length <= 256; length++)
        {
            var logits = new float[length];
            for (var i = 0; i < length; i++)
                logits[i] = 30 * random.NextSingle();
            Assert.Equal(LogSumExp.OfDoubles([.. logits.Select(x => (double)x)]), LogSumExp.Of(logits), 1e-13);
        }
    }

    [Fact]
    public void Known_sums_come_out()
    {
        Assert.Equal(Math.Log(2), LogSumExp.OfDoubles([0, 0]), 1e-15);
        Assert.Equal(Math.Log(0.25), LogSumExp.OfDoubles([Math.Log(0.125), Math.Log(0.0625), Math.Log(0.0625)]), 1e-15);
        Assert.Equal(1001 + Math.Log(1 + Math.Exp(-1)), LogSumExp.Of([1000, 1001]), 1e-12);
        Assert.Equal(-1000 + Math.Log(1 + Math.Exp(-1)), LogSumExp.Of([-1000, -1001]), 1e-12);
        Assert.Equal(Math.Log(262_144), LogSumExp.Of(new float[262_144]), 1e-12);
    }

    [Theory]
    [InlineData(new float[0], -Inf)]
    [InlineData(new[] { -Inf, -Inf }, -Inf)]
    [InlineData(new[] { -Inf, 3f, -Inf }, 3f)]
    [InlineData(new[] { 1f, Inf, -Inf }, Inf)]
    [InlineData(new[] { Inf, float.NaN }, float.NaN)]
    [InlineData(new[] { float.NaN, -Inf }, float.NaN)]
    [InlineData(new[] { float.MaxValue, -float.MaxValue, float.Epsilon }, float.MaxValue)]
    [InlineData(new[] { -float.MaxValue }, -float.MaxValue)]
    public void Any_input_is_safe(float[] values, float expected)
    {
        Assert.Equal(expected, LogSumExp.Of(values));
        Assert.Equal(expected, LogSumExp.OfDoubles([.. values.Select(x => (double)x)]));

        // The same among a vocabulary of impossible tokens, at any place.
        foreach (var place in new[] { 0, 1020, 5000, 49_152 - values.Length })
        {
            var logits = new float[49_152];
            Array.Fill(logits, -Inf);
            values.CopyTo(logits, place);
            Assert.Equal(expected, LogSumExp.Of(logits));
        }
    }

    [Fact]
    public void A_set_of_tokens_counts_those_tokens_alone()
    {
        var random = new Random(7);
        var logits = new float[49_152];
        for (var i = 0; i < logits.Length; i++)
            logits[i] = 40 * (random.NextSingle() - 0.5f);
        int[] all = [.. Enumerable.Range(0, logits.Length)];
        Assert.Equal(LogSumExp.Of(logits), LogSumExp.OfSet(logits, all), 1e-12);
        int[] label = [330, 49_151, 0];
        Assert.Equal(LogSumExp.OfDoubles([logits[330], logits[49_151], logits[0]]), LogSumExp.OfSet(logits, label), 1e-13);
        Assert.Equal(double.NegativeInfinity, LogSumExp.OfSet(logits, []));
        Assert.Equal(float.MaxValue, LogSumExp.OfSet([float.MaxValue, -Inf, 1], [0, 1, 2]));
        Assert.Equal(Inf, LogSumExp.OfSet([1, Inf], [0, 1]));
        Assert.Equal(double.NaN, LogSumExp.OfSet([float.NaN, Inf], [0, 1]));
        Assert.Equal(double.NaN, LogSumExp.OfSet([Inf, float.NaN], [0, 1]));
        Assert.Equal(1.0, LogSumExp.OfSet([float.NaN, 1], [1]));
        Assert.Throws<IndexOutOfRangeException>(() => LogSumExp.OfSet([1, 2], [2]));
        Assert.Throws<IndexOutOfRangeException>(() => LogSumExp.OfSet([1, 2], [-1]));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var logits = new float[49_152];
        double[] logs = [-1, -2, -3];
        var sum = LogSumExp.Of(logits) + LogSumExp.OfDoubles(logs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        sum += LogSumExp.Of(logits) + LogSumExp.OfDoubles(logs);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(double.IsFinite(sum));
    }

    static double Oracle(float[] logits)
    {
        double max = logits.Max();
        return max + Math.Log(logits.Sum(x => Math.Exp(x - max)));
    }
}
