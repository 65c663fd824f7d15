using System.Diagnostics;

namespace LocalOpinions.Store.Tests;

/// <summary>The pieces of one study, a file of each of many tasks, into one.</summary>
public sealed class MergeAtSizeTests(ITestOutputHelper output) : StoreTest
{
    const int QuestionsOfEach = 3;

    // Some 8 MB a file where all are open at once.
    const long MostBytes = 100_000_000;

    [Fact]
    public void Forty_pieces_merge_in_bounded_memory() => Merge(40);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void A_thousand_pieces_merge_in_bounded_memory() => Merge(1000);

    void Merge(int pieces)
    {
        string[] files = [.. Pieces(pieces)];
        var before = Memory();
        var clock = Stopwatch.StartNew();
        using (var results = ResultsFile.Open(File()))
        {
            var merged = results.Merge(files);
            Assert.Equal(pieces * QuestionsOfEach, merged.Sum(m => m.NewAnswers));
            Assert.Equal(1, merged.Sum(m => m.NewRuns));
        }
        output.WriteLine($"{pieces} pieces of {new FileInfo(files[0]).Length / 1e6:N1} MB in {clock.Elapsed.TotalSeconds:N1} s, "
            + $"{(Memory() - before) / 1e6:N0} MB more than before");
        Assert.InRange(Memory() - before, 0, MostBytes);
        using (var results = ResultsFile.Open(File()))
            Assert.All(results.Merge(files), m => Assert.False(m.HasChanged));
        using var all = ResultsFile.OpenReadOnly(File());
        Assert.Equal((long)pieces * QuestionsOfEach, Assert.Single(all.Runs()).Answered);
        Assert.Equal((long)pieces, Scalar(all, "SELECT count(*) FROM run_sessions"));
    }

    IEnumerable<string> Pieces(int count)
    {
        var questions = Sample.Questions(count * QuestionsOfEach);
        var start = File("start.duckdb");
        using (var results = ResultsFile.Open(start))
        {
            results.AddModel(Sample.Model("tiny"));
            results.AddSurvey(Sample.Survey(), questions, Sample.Countries);
        }
        for (var piece = 0; piece < count; piece++)
        {
            var path = File($"piece-{piece}.duckdb");
            System.IO.File.Copy(start, path);
            using var results = ResultsFile.Open(path);
            var runId = results.BeginRun(Sample.Run(1, 1)).RunId;
            results.SetPlan(runId, "one plan");
            results.Append([.. Sample.Answers(runId, [.. questions.Skip(piece * QuestionsOfEach).Take(QuestionsOfEach)], orders: 1)], []);
            results.EndRun(runId, new("shard", 1, 1, 1));
            yield return path;
        }
    }

    static long Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
