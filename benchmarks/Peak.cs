using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace LocalOpinions.Benchmarks;

/// <summary>What one core of this machine can do at most, measured: the limits that the kernels are held against.</summary>
/// <param name="LibraryLog2">Nanoseconds for one float of TensorPrimitives.Log2, from the first-level cache.</param>
/// <param name="Flops">Floating-point operations per nanosecond of independent fused multiply-adds, each counting two.</param>
/// <param name="Bandwidth">Bytes per nanosecond when a gigabyte is read.</param>
sealed record Peak(double LibraryLog2, double Flops, double Bandwidth)
{
    public static Peak Measure() => new(MeasureLog2(), MeasureFlops(), MeasureBandwidth());

    /// <summary>The shortest of many runs, in nanoseconds: what others do on the machine can only lengthen one.</summary>
    public static double Best(Action run, double leastSeconds = 0.5)
    {
        run();
        var best = double.MaxValue;
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < leastSeconds;)
        {
            var before = Stopwatch.GetTimestamp();
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(before).TotalNanoseconds);
        }
        return best;
    }

    static double MeasureLog2()
    {
        const int length = 2048, repeats = 20;
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, length).Select(_ => 2 * random.NextSingle())];
        var logs = new float[length];
        return Best(() =>
        {
            for (var i = 0; i < repeats; i++)
                TensorPrimitives.Log2(values, logs);
        }) / (length * repeats);
    }

    static double MeasureFlops()
    {
        const int steps = 10_000, chains = 10;
        var sink = 0f;
        var time = Vector512.IsHardwareAccelerated ? Best(() => sink += Chains512(steps)) : Best(() => sink += Chains256(steps));
        var lanes = Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count;
        return float.IsNaN(sink) ? double.NaN : 2.0 * steps * chains * lanes / time;
    }

    // Ten chains: enough to hide a latency of four or five cycles at two operations a cycle.
    static float Chains256(int steps)
    {
        Vector256<float> a = default, b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a;
        var x = Vector256.Create(0.5f);
        for (var step = 0; step < steps; step++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, x);
            b = Vector256.FusedMultiplyAdd(b, x, x);
            c = Vector256.FusedMultiplyAdd(c, x, x);
            d = Vector256.FusedMultiplyAdd(d, x, x);
            e = Vector256.FusedMultiplyAdd(e, x, x);
            f = Vector256.FusedMultiplyAdd(f, x, x);
            g = Vector256.FusedMultiplyAdd(g, x, x);
            h = Vector256.FusedMultiplyAdd(h, x, x);
            i = Vector256.FusedMultiplyAdd(i, x, x);
            j = Vector256.FusedMultiplyAdd(j, x, x);
        }
        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j);
    }

    static float Chains512(int steps)
    {
        Vector512<float> a = default, b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a;
        var x = Vector512.Create(0.5f);
        for (var step = 0; step < steps; step++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, x);
            b = Vector512.FusedMultiplyAdd(b, x, x);
            c = Vector512.FusedMultiplyAdd(c, x, x);
            d = Vector512.FusedMultiplyAdd(d, x, x);
            e = Vector512.FusedMultiplyAdd(e, x, x);
            f = Vector512.FusedMultiplyAdd(f, x, x);
            g = Vector512.FusedMultiplyAdd(g, x, x);
            h = Vector512.FusedMultiplyAdd(h, x, x);
            i = Vector512.FusedMultiplyAdd(i, x, x);
            j = Vector512.FusedMultiplyAdd(j, x, x);
        }
        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j);
    }

    static double MeasureBandwidth()
    {
        var values = new float[1 << 28];
        values.AsSpan().Fill(1);
        var sink = 0f;
        var time = Best(() => sink += TensorPrimitives.Sum<float>(values), 1);
        return float.IsNaN(sink) ? double.NaN : values.Length * sizeof(float) / time;
    }
}
