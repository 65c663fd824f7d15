using System.Runtime.Intrinsics;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using Perfolizer.Horology;

namespace LocalOpinions.Benchmarks;

/// <summary>Short jobs with the instructions of this machine, with AVX2 at most, and with none; bytes allocated beside the times.</summary>
sealed class InstructionSets : ManualConfig
{
    public InstructionSets()
    {
        var job = Job.Default
            .WithWarmupCount(3).WithIterationCount(7).WithIterationTime(TimeInterval.FromMilliseconds(150));
        if (Vector512.IsHardwareAccelerated)
            AddJob(job.WithId("AVX-512"));
        if (Vector256.IsHardwareAccelerated)
            AddJob(job.WithId("AVX2").WithEnvironmentVariable("DOTNET_EnableAVX512", "0"));
        AddJob(job.WithId("no SIMD").WithEnvironmentVariable("DOTNET_EnableHWIntrinsic", "0"));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddLogger(ConsoleLogger.Default);
        AddExporter(MarkdownExporter.GitHub);
    }
}
