using System.Reflection;
using LocalOpinions.EndToEnd.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>LLamaSharp's own libraries, which every platform but Linux x64 has, answer as the tuned builds do.</summary>
public sealed class LLamaSharpNativesTests : IDisposable
{
    // LLamaSharp.Backend.Cpu as NuGet unpacked it.
    static readonly string s_package = typeof(LLamaSharpNativesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "LLamaSharpBackend").Value!;

    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("llama-spm", 1e-4)]
    [InlineData("qwen3-bpe", 1e-4)]
    [InlineData("lfm2-hybrid-bpe", 1e-4)]
    [InlineData("gemma3-swa-spm", 5e-3)]
    public void They_answer_as_the_tuned_builds_do(string model, double tolerance)
    {
        var own = OwnFolder();
        Run(model, "tuned.duckdb", []);
        Run(model, "llamasharp.duckdb", own);
        var builds = Query("select distinct engine_build from runs");
        Assert.Contains("b10361", builds.Tuned);
        Assert.Contains("815a2a591", builds.Own);
        const string Answers = "select source_row, option_index, round(log_prob, 6) from answers_long order by all";
        var (tuned, other) = Query(Answers);
        var (expected, actual) = (tuned.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            other.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(expected.Length > 60);
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 1; i < expected.Length; i++)
            Assert.Equal(Value(expected[i]), Value(actual[i]), tolerance);
    }

    void Run(string model, string file, Dictionary<string, string> environment) => _cli.Run(
        ["run", "--model", Cli.Tiny(model), "--survey", "sample", "--exact", "--threads", Cli.Threads, "--out", file], environment)
            .Succeeded();

    (string Tuned, string Own) Query(string sql) =>
        (_cli.QueryCsv("tuned.duckdb", sql),
            _cli.QueryCsv("llamasharp.duckdb", sql));

    static double Value(string line) => double.Parse(
        line[(line.LastIndexOf(',') + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    Dictionary<string, string> OwnFolder()
    {
        var folder = Directory.CreateDirectory(_cli.PathOf("own")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(s_package, "LLamaSharpRuntimes", "linux-x64", "native"), "*.so",
            SearchOption.AllDirectories))
        {
            var level = Path.GetFileName(Path.GetDirectoryName(file))!;
            Directory.CreateDirectory(Path.Combine(folder, level));
            File.Copy(file, Path.Combine(folder, level, Path.GetFileName(file)));
        }
        File.Copy(Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libduckdb.so"),
            Path.Combine(folder, "libduckdb.so"));
        return new() { ["LOCALOPINIONS_NATIVE"] = folder };
    }
}
