using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LocalOpinions.Scoring.Simd.Kernels;

namespace LocalOpinions.Scoring.Simd.Tests;

/// <summary>The kernels' logarithm, over every float from the smallest normal one to 2.</summary>
public class Log2Tests(ITestOutputHelper output)
{
    const int Smallest = 0x00800000;
    const int Two = 0x40000000;
    const int Chunk = 1 << 14;

    // A child process, in which each fused multiply-add may be a call, sweeps a thousandth.
    [Fact]
    public void The_error_is_below_1e_7_where_it_matters_on_a_seeded_tenth_of_all_floats() =>
        Sweep(new Random(20260902).Next(10), InstructionSetTests.IsChild ? 1000 : 10);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void The_error_is_below_1e_7_where_it_matters_on_all_floats() => Sweep(0, 1);

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        var random = new Random(4);
        for (var i = 0; i < 50_000; i++)
        {
            var s = BitConverter.Int32BitsToSingle(i < 100 ? i : random.Next(Two + 1));
            var expected = Vector512.Create(Log2.Of(s));
            Assert.Equal(expected.GetLower(), Log2.Of(Vector256.Create(s)));
            Assert.Equal(expected, Log2.Of(Vector512.Create(s)));
        }
    }

    [Fact]
    public void Powers_of_two_are_exact_and_zero_is_finite()
    {
        for (var e = -126; e <= 1; e++)
            Assert.Equal(e, Log2.Of(MathF.ScaleB(1, e)));
        Assert.Equal(-127, Log2.Of(0));
        Assert.InRange(Log2.Of(float.Epsilon), -128, -126);
    }

    void Sweep(int first, int step)
    {
        // What a term adds to the divergence is ½·s·log2(s), and s is 2 at most.
        double worst = 0, worstTerm = 0;
        var gate = new Lock();
        Parallel.For(0, (Two - Smallest) / Chunk / step, new ParallelOptions { MaxDegreeOfParallelism = 2 }, () => (0.0, 0.0),
            (chunk, _, state) =>
        {
            Span<float> s = new float[Chunk];
            Span<float> log = new float[Chunk];
            Span<double> wide = new double[Chunk];
            Span<double> exact = new double[Chunk];
            var bits = MemoryMarshal.Cast<float, int>(s);
            for (var i = 0; i < Chunk; i++)
                bits[i] = Smallest + (chunk * step + first) * Chunk + i + 1;
            for (var i = 0; i < Chunk; i += Vector256<float>.Count)
                Log2.Of(Vector256.Create<float>(s[i..])).CopyTo(log[i..]);
            TensorPrimitives.ConvertTruncating<float, double>(s, wide);
            TensorPrimitives.Log2(wide, exact);
            TensorPrimitives.ConvertTruncating<float, double>(log, wide);
            TensorPrimitives.Subtract<double>(wide, exact, exact); // the error
            TensorPrimitives.ConvertTruncating<float, double>(s, wide);
            TensorPrimitives.Multiply<double>(exact, wide, wide);
            var term = TensorPrimitives.MaxMagnitude<double>(wide);
            TensorPrimitives.ConvertTruncating<float, double>(s, wide);
            TensorPrimitives.Min(wide, 1, wide);
            TensorPrimitives.Multiply<double>(exact, wide, wide);
            var error = TensorPrimitives.MaxMagnitude<double>(wide);
            return (Math.Max(state.Item1, Math.Abs(error)), Math.Max(state.Item2, Math.Abs(term) / 2));
        }, state =>
        {
            lock (gate)
                (worst, worstTerm) = (Math.Max(worst, state.Item1), Math.Max(worstTerm, state.Item2));
        });
        output.WriteLine($"error times min(s, 1): {worst:g3}; half the error times s: {worstTerm:g3}");
        Assert.True(worst < 1e-7, $"{worst}");
        Assert.True(worstTerm < 1e-7, $"{worstTerm}");
        Assert.True(worst > 1e-8, "nothing was compared");
    }
}
