using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using LocalOpinions.Store;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Benchmarks;

/// <summary>Rewrites <c>benchmarks/results/</c> for this machine's processor.</summary>
static partial class Results
{
    /// <param name="patterns">Which benchmarks, as BenchmarkDotNet's --filter; all of them and the page of limits if there is none.</param>
    public static void Write(string[] patterns)
    {
        var root = Root();
        var folder = Folder();
        if (patterns.Length == 0)
            File.WriteAllText(Path.Combine(folder, "limits.md"),
                LimitsPage(Path.Combine(root, "benchmarks", "compare", "jensen_shannon.py")));

        foreach (var summary in BenchmarkSwitcher.FromAssembly(typeof(Results).Assembly)
            .Run(["--filter", .. patterns.Length == 0 ? ["*"] : patterns]))
            foreach (var report in Reports(summary))
                File.Copy(report, Path.Combine(folder, Name(report)), overwrite: true);
    }

    /// <summary>The machine and its table of limits.</summary>
    public static string LimitsPage(string pythonScript) => Versions() + Environment.NewLine + Limits.Table(pythonScript);

    /// <param name="survey">A survey file in the format of GlobalOpinionQA.</param>
    /// <param name="models">Made-up models to write and to score.</param>
    public static void WriteStore(string survey, int models)
    {
        var work = Directory.CreateTempSubdirectory("localopinions-benchmark-");
        try
        {
            var page = new StoreAtScale.StorePage(SurveyLoader.Load(survey), models, work.FullName).Write();
            File.WriteAllText(Path.Combine(Folder(), "store.md"), $"# The store\n\n    dotnet run -c Release --project benchmarks -- "
                + $"store SURVEY.csv {models}\n\n{Versions()}- DuckDB {ResultsFile.LibraryVersion}\n\n{page}");
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    static string[] Reports(Summary summary) => Directory.GetFiles(summary.ResultsDirectoryPath, "*-report-github.md");

    // LocalOpinions.Benchmarks.BootstrapBenchmarks-report-github.md
    static string Name(string report) => Path.GetFileName(report).Split('-')[0].Split('.')[^1] + ".md";

    static string WidestVectors =>
        Vector512.IsHardwareAccelerated ? "AVX-512" : Vector256.IsHardwareAccelerated ? "AVX2" : "128 bits or less";

    static string Versions() => $"""
        - processor: {Processor()}, {Environment.ProcessorCount} logical processors
        - widest vectors in hardware: {WidestVectors}
        - {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}
        - System.Numerics.Tensors {typeof(System.Numerics.Tensors.TensorPrimitives).Assembly.GetName().Version}

        """;

    // Virtual machines hide the model's number in its name, so that quite different processors are called "AMD EPYC".
    static string Processor()
    {
        const string cpuInfo = "/proc/cpuinfo";
        if (!File.Exists(cpuInfo))
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? $"{RuntimeInformation.ProcessArchitecture}";
        var facts = File.ReadLines(cpuInfo).TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim());
        return facts.TryGetValue("model name", out var name) && facts.TryGetValue("cpu family", out var family)
            && facts.TryGetValue("model", out var model)
            ? $"{name} (family {family}, model {model})"
            : $"{RuntimeInformation.ProcessArchitecture}";
    }

    static string Folder() => Directory.CreateDirectory(
        Path.Combine(Root(), "benchmarks", "results", Unsafe().Replace(Processor(), "-").Trim('-'))).FullName;

    internal static string Root()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "LocalOpinions.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException(
            "Results are written into a checkout: no folder above the current one holds LocalOpinions.sln.");
    }

    [GeneratedRegex("[^A-Za-z0-9.]+")]
    private static partial Regex Unsafe();
}
