using System.Diagnostics;

namespace LocalOpinions.Store.Tests;

/// <summary>The pieces of one study, each of many tasks' file, into one.</summary>
public sealed class MergeAtSizeTests(ITestOutputHelper output) : StoreTest
{
    const int QuestionsOfEach = 3;

    [Fact]
    public void A_hundred_pieces_merge_in_bounded_memory() => Merge(100);

    [Fact, Trait("Long", "1,000 pieces")]
    public void A_thousand_pieces_merge_in_bounded_memory() => Merge(1000);

    void Merge(int pieces)
    {
        string[] files = [.. Enumerable.Range(0, pieces).Select(p => Piece(p, pieces))];
        var before = Memory();
        var clock = Stopwatch.StartNew();
        using (var results = ResultsFile.Open(File()))
        {
            var merged = results.Merge(files);
            Assert.Equal(pieces * QuestionsOfEach, merged.Sum(m => m.NewAnswers));
            Assert.Equal(1, merged.Sum(m => m.NewRuns));
        }
        output.WriteLine($"{pieces} pieces of {new FileInfo(files[0]).Length / 1e6:N1} MB in {clock.Elapsed.TotalSeconds:N1} s; "
            + $"{(Memory() - before) / 1e6:N0} MB more than before");
        using (var results = ResultsFile.Open(File()))
            Assert.All(results.Merge(files), m => Assert.False(m.HasChanged));
        using var all = ResultsFile.OpenReadOnly(File());
        var run = Assert.Single(all.Runs());
        Assert.Equal((long)pieces * QuestionsOfEach, run.Answered);
        Assert.Equal((long)pieces, Scalar(all, "SELECT count(*) FROM run_sessions"));
    }

    string Piece(int piece, int pieces)
    {
        var path = File($"piece-{piece}.duckdb");
        using var results = ResultsFile.Open(path);
        var questions = Sample.Questions(pieces * QuestionsOfEach);
        var runId = results.BeginRun(Sample.Run(results.AddModel(Sample.Model("tiny")),
            results.AddSurvey(Sample.Survey(), questions, Sample.Countries))).RunId;
        results.SetPlan(runId, "one plan");
        results.Append([.. Sample.Answers(runId, [.. questions.Skip(piece * QuestionsOfEach).Take(QuestionsOfEach)], orders: 1)], []);
        results.EndRun(runId, new("shard", 1, 1, 1));
        return path;
    }

    static long Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
