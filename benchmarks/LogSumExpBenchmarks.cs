using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Benchmarks;

/// <summary>A vocabulary's normaliser: scalar, in double; and TensorPrimitives.SoftMax, which is not safe, for comparison.</summary>
[Config(typeof(InstructionSets))]
public class LogSumExpBenchmarks
{
    float[] _logits = [];
    float[] _probabilities = [];

    [Params(49_152, 131_072)]
    public int Vocabulary { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        _logits = [.. Enumerable.Range(0, Vocabulary).Select(_ => 20 * random.NextSingle())];
        _probabilities = new float[Vocabulary];
    }

    [Benchmark(Baseline = true, Description = "scalar double")]
    public double Scalar()
    {
        double max = TensorPrimitives.Max(_logits), sum = 0;
        foreach (var logit in _logits)
            sum += Math.Exp(logit - max);
        return max + Math.Log(sum);
    }

    [Benchmark(Description = "TensorPrimitives.SoftMax")]
    public void SoftMax() => TensorPrimitives.SoftMax(_logits, _probabilities);

    [Benchmark(Description = "LogSumExp.Of")]
    public double Blocks() => LogSumExp.Of(_logits);
}
