using BenchmarkDotNet.Attributes;
using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Benchmarks;

/// <summary>All pairs of 8,192 distributions over 5 options, 33.5 million, on one thread and on several.</summary>
[Config(typeof(InstructionSets))]
public class PairwiseBenchmarks
{
    const int Rows = 8192;

    readonly DistributionBlock _block = Data.Block(5, Data.Create(5, Rows).Rows);
    readonly float[] _triangle = new float[JensenShannon.PairCount(Rows)];

    public static IEnumerable<int> ThreadCounts =>
        Enumerable.Range(0, 8).Select(i => 1 << i).TakeWhile(threads => threads <= Environment.ProcessorCount);

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    [Benchmark(Baseline = true, Description = "plain, 1 thread")]
    public void Plain() => JensenShannon.Pairwise(_block, _triangle);

    [Benchmark]
    public void Parallel() => ParallelJensenShannon.Pairwise(_block, _triangle, Threads);
}
