using BenchmarkDotNet.Attributes;
using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Benchmarks;

/// <summary>One distribution against <see cref="Pairs"/> others: the scalar oracle and the block kernel. Times are per pair.</summary>
[MemoryDiagnoser]
public class JensenShannonBenchmarks
{
    const int Pairs = 2048;

    readonly double[] _divergences = new double[Pairs];
    double[] _p = [];
    double[][] _rows = [];
    DistributionBlock _block = DistributionBlock.Create(2, 0);

    [Params(2, 4, 5, 10)]
    public int Options { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        _p = Row();
        _rows = [.. Enumerable.Range(0, Pairs).Select(_ => Row())];
        _block = DistributionBlock.Create(Options, Pairs);
        foreach (var row in _rows)
            _block.Add(row);

        double[] Row() => [.. Enumerable.Range(0, Options).Select(_ => random.NextDouble())];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Pairs)]
    public double[] Oracle()
    {
        for (var i = 0; i < Pairs; i++)
            _divergences[i] = ScalarOracle.DivergenceBits(_p, _rows[i]);
        return _divergences;
    }

    [Benchmark(OperationsPerInvoke = Pairs)]
    public double[] Block()
    {
        JensenShannon.OneToMany(_p, _block, _divergences);
        return _divergences;
    }
}
