using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Kernels;

namespace LocalOpinions.Benchmarks;

/// <summary>One distribution against n others, by every variant and by what it replaces. Times are for all n pairs.</summary>
[Config(typeof(InstructionSets))]
public class JensenShannonBenchmarks
{
    double[] _p = [];
    double[] _rows = [];
    float[] _left = [];
    float[] _right = [];
    float[] _sum = [];
    float[] _floats = [];
    double[] _doubles = [];
    DistributionBlock _block = DistributionBlock.Create(2, 0);

    // Chosen ahead: to find one by its name allocates.
    readonly Kernel _scalar = Kernel.Choose("scalar"), _tensor = Kernel.Choose("tensor"), _fused256 = Kernel.Choose("v256"),
        _fused512 = Kernel.Choose("v512");

    [Params(2, 4, 5, 10)]
    public int K { get; set; }

    [Params(1_000, 100_000, 10_000_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        (_p, _rows) = Data.Create(K, N);
        _block = Data.Block(K, _rows);
        _floats = new float[N];
        _doubles = new double[N];
        _sum = new float[K];
        _left = Normalised(_p);
        _right = new float[_rows.Length];
        for (var i = 0; i < N; i++)
            Normalised(_rows.AsSpan(i * K, K)).CopyTo(_right, i * K);
    }

    [Benchmark(Baseline = true, Description = "scalar double")]
    public void Oracle()
    {
        for (var i = 0; i < _doubles.Length; i++)
            _doubles[i] = ScalarOracle.DivergenceBits(_p, _rows.AsSpan(i * K, K));
    }

    /// <summary>The way that suggests itself: vector functions over the options of each pair, ½ Σ p·log2(p/m) + ½ Σ q·log2(q/m).</summary>
    [Benchmark(Description = "TensorPrimitives per pair")]
    public void TensorPerPair()
    {
        Span<float> ratio = stackalloc float[K];
        for (var i = 0; i < _floats.Length; i++)
        {
            var q = _right.AsSpan(i * K, K);
            TensorPrimitives.Add(_left, q, _sum);
            TensorPrimitives.Multiply(_sum, 0.5f, _sum);
            _floats[i] = (Half(_left, _sum, ratio) + Half(q, _sum, ratio)) / 2;
        }

        static float Half(ReadOnlySpan<float> x, ReadOnlySpan<float> mean, Span<float> ratio)
        {
            TensorPrimitives.Divide(x, mean, ratio);
            TensorPrimitives.Max(ratio, float.Epsilon, ratio);
            TensorPrimitives.Log2(ratio, ratio);
            return TensorPrimitives.Dot(x, ratio);
        }
    }

    [Benchmark(Description = "scalar")]
    public void Scalar() => Run(_scalar);

    [Benchmark(Description = "tensor")]
    public void Tensor() => Run(_tensor);

    [Benchmark(Description = "v256")]
    public void Fused256() => Run(_fused256);

    [Benchmark(Description = "v512")]
    public void Fused512() => Run(_fused512);

    [Benchmark(Description = "into doubles")]
    public void Exact() => JensenShannon.OneToMany(_p, _block, _doubles);

    void Run(Kernel kernel) => JensenShannon.OneToMany<float, InFloat>(kernel, _p, _block, _floats);

    static float[] Normalised(ReadOnlySpan<double> weights)
    {
        var shares = new float[weights.Length];
        NormalisedRow.Normalise(weights, shares);
        return shares;
    }
}
