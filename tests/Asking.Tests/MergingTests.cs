using LocalOpinions.Analysis;
using LocalOpinions.Asking.Merging;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sharding;

namespace LocalOpinions.Asking.Tests;

/// <summary>Results files of several machines in one.</summary>
public sealed class MergingTests : RunTest
{
    [Fact]
    public async Task Pieces_become_the_whole_scores_and_all_and_again_nothing_changes()
    {
        foreach (var piece in new[] { 1, 2 })
            await new RunJob(new() { Model = new MadeUpModel(), Job = Sample(), Output = At($"{piece}.duckdb"), Shard = Piece(piece) })
                .ExecuteAsync(default);
        await RunAsync(new MadeUpModel(), Sample(), "whole.duckdb");
        var job = new MergeJob([At("1.duckdb"), At("2.duckdb")], At("r.duckdb"));
        var merged = job.Execute(SilentMonitor.Instance);
        Assert.Equal(Count("SELECT count(*) FROM answers", "whole.duckdb"), merged.Sum(m => m.NewAnswers));
        Assert.Equal(Rows("whole.duckdb"), Rows());
        Assert.All(job.Execute(SilentMonitor.Instance), m => Assert.False(m.HasChanged));
        Assert.Equal(Rows("whole.duckdb"), Rows());

        static ShardRange Piece(int number) => ShardRange.Of(new(number, 2));
    }

    [Fact]
    public void Files_that_cannot_be_merged_so_are_told_before_anything_is_made()
    {
        var (one, all) = (At("1.duckdb"), At("r.duckdb"));
        Assert.Contains("into itself", new MergeJob([one, all], all).Contradiction());
        Assert.Contains("named twice", Assert.Throws<InputException>(() => new MergeJob([one, one], all).Execute(SilentMonitor.Instance))
            .Message);
        Assert.Null(new MergeJob([one], all).Contradiction());
        Assert.Throws<FileNotFoundException>(() => new MergeJob([one], all).Execute(SilentMonitor.Instance));
        Assert.False(File.Exists(all));
    }
}
