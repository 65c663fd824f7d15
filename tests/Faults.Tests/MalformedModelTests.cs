using System.Diagnostics;
using LocalOpinions.EndToEnd.Tests;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Faults.Tests;

/// <summary>
/// Whatever is wrong with a model file, a run ends soon, in bounded memory, with a message and an exit code; or it answers.
/// </summary>
public sealed class MalformedModelTests : IDisposable
{
    const int All = 1000;
    const long MostBytes = 1L << 30;
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    readonly Cli _cli = new();

    public MalformedModelTests() => MadeUpSurvey.Write(_cli.PathOf("s.csv"), 2);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_tenth_of_the_malformed_models() => Check(Enumerable.Range(0, All).Where(seed => seed / 8 % 10 == 3));

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void A_thousand_malformed_models() => Check(Enumerable.Range(0, All));

    /// <remarks>Found by the test above, or close to what it found.</remarks>
    [Theory]
    // Weights turned into logits of 1e30: every option had all the probability.
    [InlineData(108)]
    public void A_malformed_model_that_once_did_harm(int seed) => Check([seed]);

    void Check(IEnumerable<int> seeds)
    {
        Dictionary<string, int> outcomes = [];
        List<string> harm = [];
        foreach (var seed in seeds)
        {
            var path = MalformedModel.Write(seed, _cli.Folder);
            var outcome = RefusedAtOnce(path) ?? Run(path, seed, harm);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            foreach (var file in Directory.GetFiles(_cli.Folder, $"{seed}*"))
                File.Delete(file);
        }
        Assert.True(harm.Count == 0, string.Join('\n', harm));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", outcomes.OrderBy(o => o.Key).Select(o => $"{o.Key}: {o.Value}")));
        // Otherwise the files would be all sound or all nonsense.
        if (outcomes.Values.Sum() >= All / 10)
            Assert.True(outcomes.Values.Min() > 0 && outcomes.Count == 3, string.Join(", ", outcomes.Keys));
    }

    // Most are, by managed code, which can as well be called here.
    static string? RefusedAtOnce(string path)
    {
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            ModelHeader.Read(ModelFile.Find(path, []));
            return null;
        }
        catch (EngineException e) when (e.Kind is EngineError.ModelUnusable or EngineError.ModelNotFound)
        {
            Assert.Contains(Path.GetFileName(path)[..3].TrimEnd('.', '-', 'g'), e.Message);
            return "refused at once";
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
            Assert.True(clock.Elapsed < s_patience, $"{path} took {clock.Elapsed}");
        }
    }

    string Run(string path, int seed, List<string> harm)
    {
        using var process = _cli.Start(["run", "--model", path, "--survey", "s.csv", "--out", $"{seed}.duckdb", "--threads", "1",
            "--json"]);
        var running = Task.Run(() => Cli.End(process));
        var most = 0L;
        for (var clock = Stopwatch.StartNew(); !running.Wait(20);)
        {
            most = Math.Max(most, ProcessTree.Bytes(process.Id));
            if (clock.Elapsed < s_patience && most < MostBytes)
                continue;
            process.Kill(entireProcessTree: true);
            harm.Add($"seed {seed}: after {clock.Elapsed} and {most:N0} bytes it still ran");
        }
        var ended = running.Result;
        if (ended.Code == 0)
            return "answered";
        if (ended.Code != 3 || !ended.Error.StartsWith("localopinions: ", StringComparison.Ordinal) || ended.Error.Contains("a bug")
            || ended.Error.Contains("   at "))
            harm.Add($"seed {seed}: exit code {ended.Code}: {ended.Error}{ended.Output}");
        return "refused by llama.cpp";
    }
}
