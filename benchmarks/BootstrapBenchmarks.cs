using BenchmarkDotNet.Attributes;
using LocalOpinions.Scoring.Simd.Resampling;

namespace LocalOpinions.Benchmarks;

/// <summary>
/// Replicates of 138 countries' means over 2,556 questions: the matrix product, and a loop of gathers. Times are for one replicate.
/// </summary>
[Config(typeof(InstructionSets))]
public class BootstrapBenchmarks
{
    const int Questions = 2556;
    const int Countries = 138;
    const int Resamples = 10_000;

    // A replicate of the loop takes the same time however many there are.
    const int Gathered = 100;

    readonly double[] _values = new double[Questions * Countries];
    readonly int[] _families = [.. Enumerable.Range(0, Questions)];
    readonly double[] _means = new double[Countries];

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        foreach (ref var value in _values.AsSpan())
            value = random.Next(3) == 0 ? double.NaN : random.NextDouble();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Gathered, Description = "loop of gathers")]
    public double[] Gathers()
    {
        var random = new Random(2);
        var counts = new int[Countries];
        for (var i = 0; i < Gathered; i++)
        {
            Array.Clear(counts);
            Array.Clear(_means);
            for (var question = 0; question < Questions; question++)
            {
                var drawn = _values.AsSpan(random.Next(Questions) * Countries, Countries);
                for (var country = 0; country < Countries; country++)
                    if (!double.IsNaN(drawn[country]))
                    {
                        _means[country] += drawn[country];
                        counts[country]++;
                    }
            }
            for (var country = 0; country < Countries; country++)
                _means[country] /= counts[country];
        }
        return _means;
    }

    [Benchmark(OperationsPerInvoke = Resamples, Description = "matrix product, 1 thread")]
    public Bootstrap OneThread() => Bootstrap.Run(_values, Countries, _families, Resamples, 1, threads: 1);

    [Benchmark(OperationsPerInvoke = Resamples, Description = "matrix product, all threads")]
    public Bootstrap AllThreads() => Bootstrap.Run(_values, Countries, _families, Resamples, 1);
}
