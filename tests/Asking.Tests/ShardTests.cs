using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sharding;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Store;

namespace LocalOpinions.Asking.Tests;

/// <summary>Pieces of a run, asked apart and brought together.</summary>
public sealed class ShardTests : RunTest
{
    [Theory]
    [InlineData("3/16", 3, 16)]
    [InlineData("1/1", 1, 1)]
    public void A_shard_is_written_as_a_piece_of_how_many(string text, int number, int count)
    {
        Assert.True(Shard.TryParse(text, out var shard));
        Assert.Equal((new Shard(number, count), text), (shard.Value, shard.ToString()));
    }

    [Theory]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("2")]
    [InlineData("1/2/3")]
    [InlineData("-1/4")]
    [InlineData("a/b")]
    [InlineData(" 1/4")]
    public void Anything_else_is_none(string text) => Assert.False(Shard.TryParse(text, out _));

    // Whatever the costs of models and the shape of plans: every prompt is in one shard, and what branches from a root in the same.
    [Fact]
    public void Every_prompt_of_a_line_is_in_exactly_one_shard()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var count = random.Next(1, 40);
            (long Prompts, long Cost, DecodeGroup[] Groups)[] jobs = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Job(random))];
            Int128 all = 0, before = 0;
            foreach (var job in jobs)
                all += (Int128)job.Cost * job.Prompts;
            foreach (var job in jobs)
            {
                var shards = Enumerable.Range(1, count).Select(i => new ShardRange(new(i, count), before, job.Cost, all)).ToList();
                var keys = shards.Select(s => s.Keys(job.Groups, 0, job.Prompts)).ToList();
                Assert.Equal(job.Groups.SelectMany(g => g.Keys).Order(), keys.SelectMany(k => k).Order());
                Assert.All(shards.Zip(keys), s => Assert.True(s.Second.Count == 0 || s.First.TakesAny(job.Prompts)));
                foreach (var root in job.Groups.GroupBy(g => g.Root))
                    Assert.Single(keys, k => k.Overlaps(root.SelectMany(g => g.Keys)));
                before += (Int128)job.Cost * job.Prompts;
            }
        }

        static (long Prompts, long Cost, DecodeGroup[] Groups) Job(Random random)
        {
            List<DecodeGroup> groups = [];
            var prompts = 0;
            for (var root = 0; root < random.Next(1, 30); root++)
            {
                for (var group = 0; group < random.Next(1, 4); group++)
                {
                    groups.Add(new(root, [.. Enumerable.Range(prompts, random.Next(1, 20))]));
                    prompts += groups[^1].Keys.Length;
                }
            }
            // Some prompts may turn out not to be askable.
            return (prompts + random.Next(3), random.NextInt64(1, 1L << 40), [.. groups]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(12)]
    public async Task Pieces_merged_are_the_run_asked_at_once_and_then_nothing_is_left_to_ask(int count)
    {
        var job = Sample() with { Design = DesignChoice.Default with { Orders = "cyclic" }, MostPrompts = 20 };
        await RunAsync(new MadeUpModel(), job, "whole.duckdb");
        var answered = 0L;
        List<string> files = [];
        for (var i = 1; i <= count; i++)
        {
            var model = new MadeUpModel();
            var run = await PieceAsync(model, job, new(i, count), $"piece-{i}.duckdb");
            Assert.Equal(($"{i}/{count}", false, (long)model.Scored.Count), (run.Shard, run.Interrupted, run.Answered));
            answered += run.Answered;
            files.Add(At($"piece-{i}.duckdb"));
            Assert.Equal(0, Count("SELECT count(*) FROM similarities", $"piece-{i}.duckdb"));
            Assert.Equal(1, Count("SELECT count(*) FROM run_sessions WHERE status = 'shard'", $"piece-{i}.duckdb"));
            // Asked again, a piece has nothing left.
            Assert.Equal(0, (await PieceAsync(model, job, new(i, count), $"piece-{i}.duckdb")).Answered);
        }
        Assert.Equal(Count("SELECT count(*) FROM answers", "whole.duckdb"), answered);
        using (var results = ResultsFile.Open(At("merged.duckdb")))
            results.Merge(files);
        Assert.Equal(0, (await RunAsync(new MadeUpModel(), job, "merged.duckdb")).Answered);
        Assert.Equal(Rows("whole.duckdb"), Rows("merged.duckdb"));
    }

    [Fact]
    public async Task A_piece_that_was_interrupted_goes_on_with_the_same_prompts()
    {
        using var stop = new CancellationTokenSource();
        var first = new MadeUpModel { Before = scored => { if (scored >= 8) stop.Cancel(); } };
        Assert.True((await PieceAsync(first, Sample(), new(1, 2), "piece.duckdb", stop.Token)).Interrupted);
        var second = new MadeUpModel();
        Assert.False((await PieceAsync(second, Sample(), new(1, 2), "piece.duckdb")).Interrupted);
        var whole = new MadeUpModel();
        await PieceAsync(whole, Sample(), new(1, 2), "other.duckdb");
        Assert.Equal(whole.Scored.Select(p => p.SourceRow).Order(), first.Scored.Concat(second.Scored).Select(p => p.SourceRow).Order());
    }

    Task<RunOutcome> PieceAsync(
        MadeUpModel model, Sources.AskingJob job, Shard shard, string file, CancellationToken cancellation = default) =>
        new RunJob(new() { Model = model, Job = job, Output = At(file), Shard = ShardRange.Of(shard) }).ExecuteAsync(cancellation);
}
