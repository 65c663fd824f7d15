using BenchmarkDotNet.Attributes;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Measures;

namespace LocalOpinions.Benchmarks;

/// <summary>Each of the other measures, one distribution against 10,000, beside its scalar form. Times are for a pair.</summary>
[Config(typeof(InstructionSets))]
public class MeasureBenchmarks
{
    const int Pairs = 10_000;
    const double Floor = 1e-6;

    readonly double[] _results = new double[Pairs];
    double[] _p = [];
    double[] _rows = [];
    DistributionBlock _block = DistributionBlock.Create(2, 0);

    [Params("total variation", "Hellinger", "Wasserstein", "Kendall", "top agreement", "Kullback-Leibler", "entropy")]
    public string Measure { get; set; } = "";

    [Params(4, 10)]
    public int K { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        (_p, _rows) = Data.Create(K, Pairs);
        _block = Data.Block(K, _rows);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Pairs)]
    public void Scalar()
    {
        for (var i = 0; i < Pairs; i++)
            _results[i] = Single(_rows.AsSpan(i * K, K));
    }

    [Benchmark(OperationsPerInvoke = Pairs)]
    public void Block()
    {
        switch (Measure)
        {
            case "total variation": BlockMeasures.TotalVariation(_p, _block, _results); break;
            case "Hellinger": BlockMeasures.Hellinger(_p, _block, _results); break;
            case "Wasserstein": BlockMeasures.Wasserstein(_p, _block, _results); break;
            case "Kendall": BlockMeasures.KendallTau(_p, _block, _results); break;
            case "top agreement": BlockMeasures.TopAgreement(_p, _block, _results); break;
            case "Kullback-Leibler": BlockMeasures.KullbackLeibler(_p, _block, Floor, _results); break;
            default: BlockMeasures.NormalisedEntropy(_block, _results); break;
        }
    }

    double Single(ReadOnlySpan<double> q) => Measure switch
    {
        "total variation" => ScalarOracle.TotalVariation(_p, q),
        "Hellinger" => ScalarOracle.Hellinger(_p, q),
        "Wasserstein" => ScalarOracle.Wasserstein(_p, q),
        "Kendall" => ScalarOracle.KendallTau(_p, q),
        "top agreement" => ScalarOracle.TopAgreement(_p, q),
        "Kullback-Leibler" => ScalarOracle.KullbackLeibler(_p, q, Floor),
        _ => ScalarOracle.NormalisedEntropy(q),
    };
}
