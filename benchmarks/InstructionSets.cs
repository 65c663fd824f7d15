using System.Runtime.Intrinsics;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;

namespace LocalOpinions.Benchmarks;

/// <summary>Short jobs with the instructions of this machine, with AVX2 at most, and with none; bytes allocated beside the times.</summary>
sealed class InstructionSets : ManualConfig
{
    const string Avx512 = "AVX-512", Avx2 = "AVX2", NoSimd = "no SIMD";

    public InstructionSets()
    {
        // Counted from the start, so that the warm-up ends in the code that a long run would use.
        var job = Job.Default.WithEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", "0")
            .WithWarmupCount(4).WithIterationCount(5).WithIterationTime(TimeInterval.FromMilliseconds(120));
        if (Vector512.IsHardwareAccelerated)
            AddJob(job.WithId(Avx512));
        if (Vector256.IsHardwareAccelerated)
            AddJob(job.WithId(Avx2).WithEnvironmentVariable("DOTNET_EnableAVX512", "0"));
        AddJob(job.WithId(NoSimd).WithEnvironmentVariable("DOTNET_EnableHWIntrinsic", "0"));
        AddFilter(new SimpleFilter(IsTelling));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddLogger(ConsoleLogger.Default);
        AddExporter(MarkdownExporter.GitHub);
    }

    // A vector wider than the job's instructions is emulated, which says nothing about any machine; and without
    // any a pair takes so long that it does not matter where it comes from.
    static bool IsTelling(BenchmarkCase benchmark) => (benchmark.Job.Id, benchmark.Descriptor.WorkloadMethod.Name) switch
    {
        (NoSimd, nameof(JensenShannonBenchmarks.Fused256)) => false,
        (not Avx512, nameof(JensenShannonBenchmarks.Fused512)) => false,
        (NoSimd, _) => benchmark.Parameters.Items.FirstOrDefault(p => p.Name == nameof(JensenShannonBenchmarks.N)) is null
            or { Value: 1_000 },
        _ => true,
    };
}
