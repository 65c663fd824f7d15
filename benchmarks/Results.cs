using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace LocalOpinions.Benchmarks;

/// <summary>Rewrites <c>benchmarks/results/</c> for this machine's processor.</summary>
static partial class Results
{
    public static void Write()
    {
        var root = Root();
        var folder = Path.Combine(root, "benchmarks", "results", Unsafe().Replace(Processor(), "-").Trim('-'));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "limits.md"), LimitsPage(Path.Combine(root, "benchmarks", "compare", "jensen_shannon.py")));

        foreach (var summary in BenchmarkSwitcher.FromAssembly(typeof(Results).Assembly).RunAll())
            foreach (var report in Reports(summary))
                File.Copy(report, Path.Combine(folder, Name(report)), overwrite: true);
    }

    /// <summary>The machine and its table of limits.</summary>
    public static string LimitsPage(string pythonScript) => Versions() + Environment.NewLine + Limits.Table(pythonScript);

    static string[] Reports(Summary summary) => Directory.GetFiles(summary.ResultsDirectoryPath, "*-report-github.md");

    // LocalOpinions.Benchmarks.BootstrapBenchmarks-report-github.md
    static string Name(string report) => Path.GetFileName(report).Split('-')[0].Split('.')[^1] + ".md";

    static string Versions() => $"""
        - processor: {Processor()}, {Environment.ProcessorCount} logical processors
        - widest vectors in hardware: {(Vector512.IsHardwareAccelerated ? "AVX-512" : Vector256.IsHardwareAccelerated ? "AVX2" : "128 bits or less")}
        - {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}
        - System.Numerics.Tensors {typeof(System.Numerics.Tensors.TensorPrimitives).Assembly.GetName().Version}

        """;

    static string Processor()
    {
        const string cpuInfo = "/proc/cpuinfo";
        var line = File.Exists(cpuInfo) ? File.ReadLines(cpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? $"{RuntimeInformation.ProcessArchitecture}";
    }

    static string Root()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "LocalOpinions.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException("Results are written into a checkout: no folder above the current one holds LocalOpinions.sln.");
    }

    [GeneratedRegex("[^A-Za-z0-9.]+")]
    private static partial Regex Unsafe();
}
