using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Remote;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Endpoints;
using LocalOpinions.Engine;
using LocalOpinions.Store;

namespace LocalOpinions.Asking.Tests;

/// <summary>Runs of what a model on a server writes.</summary>
public sealed class ServedTextsTests : RunTest
{
    const string TextsOnce = "SELECT count(DISTINCT (source_row, sequence)) FROM written_texts WHERE text <> ''";

    static RemoteModel Of(FakeServer server) => new(ServerAddress.Parse(server.Address), FakeServer.Name)
    {
        InFlight = 4,
        MostUnproven = 4,
        Patience = new()
        {
            FirstPause = TimeSpan.FromMilliseconds(1),
            LongestPause = TimeSpan.FromMilliseconds(5),
            Outage = TimeSpan.FromSeconds(1),
        },
    };

    static AskingJob Written(int? limit = null, int texts = 2) => Sample(limit) with
    {
        Design = DesignChoice.Default with { Reading = AnswerReading.Written, Writing = new() { Texts = texts, Tokens = 7 } },
    };

    [Theory]
    [InlineData(ServerFinder.LlamaServer)]
    [InlineData(ServerFinder.Vllm)]
    [InlineData(ServerFinder.Sglang)]
    [InlineData(ServerFinder.OpenAi)]
    public async Task Each_prompts_texts_are_what_the_server_writes_behind_it_and_are_asked_for_once(string kind)
    {
        await using var server = new FakeServer(kind);
        var run = await RunAsync(Of(server), Written(limit: 5));

        using (var results = ResultsFile.OpenReadOnly(At("r.duckdb")))
        {
            using var query = results.Query("SELECT prompt, text, sequence FROM generations ORDER BY source_row, sequence");
            var texts = query.Rows.Select(r => (Prompt: (string)r[0]!, Text: (string)r[1]!, Sequence: Convert.ToInt32(r[2]))).ToList();
            Assert.Equal(10, texts.Count);
            Assert.Equal([0, 1, 0, 1, 0, 1, 0, 1, 0, 1], texts.Select(t => t.Sequence));
            Assert.Equal(5, texts.Select(t => t.Prompt).Distinct().Count());
            foreach (var (prompt, text, _) in texts)
            {
                int[] tokens = [FakeServer.Start, .. kind == ServerFinder.LlamaServer
                    ? prompt.Select(c => FakeServer.FirstCharacter + c) : FakeServer.Tokens(prompt)];
                Assert.Equal(server.Written(tokens, 7), text);
            }
        }
        Assert.Null(run.Runs[0].NoiseFloor);
        Assert.Equal(5, run.Answered + run.Unanswered.Count);
        var asked = server.Completions;
        var again = await RunAsync(Of(server), Written(limit: 5));
        Assert.Equal(0, again.Answered);
        // What shows the server at its start that it is of use, and no text.
        Assert.InRange(server.Completions - asked, 1, asked - 10);
        Assert.Equal(10, Count(TextsOnce));
    }

    [Fact]
    public async Task A_server_that_is_gone_in_the_middle_loses_nothing_and_the_run_goes_on()
    {
        await using var server = new FakeServer();
        var (gone, served) = (false, 0);
        server.Before = _ => gone |= Interlocked.Increment(ref served) > 100;
        server.Fault = (_, context) =>
        {
            if (Volatile.Read(ref gone))
                context.Abort();
            return Task.FromResult(Volatile.Read(ref gone));
        };
        await Assert.ThrowsAsync<EndpointException>(() => RunAsync(Of(server), Written(texts: 4)));
        var before = Count("SELECT count(*) FROM written_texts");
        Assert.InRange(before, 4, 4 * 24 - 1);
        Assert.Equal(0, before % 4);

        (server.Before, gone) = (_ => { }, false);
        Assert.False((await RunAsync(Of(server), Written(texts: 4))).Interrupted);
        Assert.Equal(4 * 24, Count("SELECT count(*) FROM written_texts"));
        Assert.Equal(4 * 24, Count(TextsOnce));
    }

    [Fact]
    public async Task Texts_that_cannot_be_shown_are_told()
    {
        await using var server = new FakeServer { EndsWithinCharacter = true };
        var e = await Assert.ThrowsAsync<EngineException>(() => RunAsync(Of(server), Written(limit: 3)));
        Assert.Contains("answers none of the 3 prompts", e.Message);
        Assert.Contains("cannot show what the model wrote", e.Message);
        server.EndsWithinCharacter = false;
        Assert.False((await RunAsync(Of(server), Written(limit: 3))).Interrupted);
        Assert.Equal(6, Count(TextsOnce));
    }

    [Fact]
    public async Task What_writing_will_cost_is_probed_by_writing()
    {
        await using var server = new FakeServer();
        var (read, written) = (Sample(limit: 6), Written(limit: 6));
        await using var source = await Of(server).OpenAsync(AskingWork.Of(read), SourceContext.None, default);
        var estimate = await source.RunAsync(new EstimateTask([read, written]), null, default);
        Assert.Null(estimate.Jobs[0].TokensPerSecond);
        Assert.InRange(estimate.Jobs[1].TokensPerSecond!.Value, 1, double.MaxValue);
        Assert.Equal((6, 6), (estimate.Jobs[0].Prompts, estimate.Jobs[1].Prompts));
    }
}
