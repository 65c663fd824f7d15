using LocalOpinions.Asking.Looking;
using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Remote;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Verifying;
using LocalOpinions.Endpoints;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Tests;

namespace LocalOpinions.Asking.Tests;

/// <summary>A real llama-server is asked, and held against the engine in this process.</summary>
public sealed class LlamaServerTests : RunTest
{
    // 24 questions in up to so many orders each: some 200 prompts.
    static AskingJob Asked(AnswerReading reading = AnswerReading.Labels, int? limit = null) => Sample(limit) with
    {
        Design = DesignChoice.Default with
        {
            Orders = reading == AnswerReading.Labels ? "sample:9" : "faithful",
            Reading = reading,
            Ending = reading == AnswerReading.Labels ? Surveys.Prompts.PromptEnding.Paren : Surveys.Prompts.PromptEnding.Space,
        },
    };

    static RemoteModel Of(LlamaServerProcess server) => new(ServerAddress.Parse(server.Address), "asked");

    // Of weights in F32 the arithmetic moves little. Those of the bundled model are rounded, and so is what they are multiplied with, by
    // each build in its own way: what verify finds between two plans of one build bounds it.
    [Theory]
    [InlineData("llama-spm", 0.02)]
    [InlineData("qwen3-bpe", 0.02)]
    [InlineData("gemma3-swa-spm", 0.02)]
    [InlineData("", 0.12)]
    public async Task Probabilities_are_those_of_the_engine(string tiny, double most)
    {
        Assert.SkipUnless(LlamaServerProcess.Program is not null, LlamaServerProcess.Absent);
        var file = tiny.Length == 0 ? Repository.DefaultModel : Repository.Fixture($"tiny/{tiny}.gguf");
        using var server = await LlamaServerProcess.StartAsync(file, "asked");
        var job = Asked(limit: tiny.Length == 0 ? 3 : null);

        var here = await RunAsync(new GgufModel(ModelFile.Find(file, [])) { Isolate = false, Threads = 1 }, job);
        var there = await RunAsync(Of(server), job);

        Assert.Equal(here.Answered, there.Answered);
        Compare(here, there, most);
    }

    [Theory]
    [InlineData(AnswerReading.Text)]
    [InlineData(AnswerReading.Verbalised)]
    public async Task Texts_are_read_token_by_token(AnswerReading reading)
    {
        Assert.SkipUnless(LlamaServerProcess.Program is not null, LlamaServerProcess.Absent);
        var file = Repository.Fixture("tiny/qwen3-bpe.gguf");
        using var server = await LlamaServerProcess.StartAsync(file, "asked");

        var here = await RunAsync(new GgufModel(ModelFile.Find(file, [])) { Isolate = false, Threads = 1 }, Asked(reading, 4));
        var there = await RunAsync(Of(server), Asked(reading, 4));

        Compare(here, there, 0.02);
    }

    [Fact]
    public async Task It_is_verified_against_the_file_that_it_serves()
    {
        Assert.SkipUnless(LlamaServerProcess.Program is not null, LlamaServerProcess.Absent);
        var file = Repository.Fixture("tiny/llama-spm.gguf");
        using var server = await LlamaServerProcess.StartAsync(file, "asked");

        var outcome = await new ServerVerifyJob(
            Of(server), new(ModelFile.Find(file, [])) { Isolate = false, Threads = 1 }, Sample(6)).ExecuteAsync(_ => { }, default);

        Assert.Equal((6, 6), (outcome.Questions, outcome.Prompts));
        Assert.Equal(["server again", "file, exact", "file, as a run", "file, exact"], outcome.Comparisons.Select(c => c.Against));
        Assert.All(outcome.Comparisons, c => Assert.InRange(c.LargestProbability, 0, 0.02));
    }

    // Tiny models of random weights end in the middle of a character, which this server cannot show.
    [Fact]
    public async Task It_writes_what_the_file_writes()
    {
        Assert.SkipUnless(LlamaServerProcess.Program is not null, LlamaServerProcess.Absent);
        using var server = await LlamaServerProcess.StartAsync(Repository.DefaultModel, "asked");
        var asked = new LookRequest { Model = Of(server), Job = Sample(2), Tokens = 6 };

        var here = await new LookJob(asked with
        {
            Model = new GgufModel(ModelFile.Find(Repository.DefaultModel, [])) { Isolate = false, Threads = 1 },
        }).ExecuteAsync(default);
        var there = await new LookJob(asked).ExecuteAsync(default);
        var drawn = await new LookJob(asked with { Texts = 4, Sampling = new(Temperature: 1.5, Seed: 7) }).ExecuteAsync(default);

        Assert.Equal(here.Texts.Select(t => (t.Prompt, t.Text, t.Finish, t.Tokens, t.MostProbable)),
            there.Texts.Select(t => (t.Prompt, t.Text, t.Finish, t.Tokens, t.MostProbable)));
        Assert.All(drawn.Texts.GroupBy(t => t.SourceRow), g => Assert.NotEqual(1, g.Select(t => t.Text).Distinct().Count()));
    }

    [Fact]
    public async Task What_it_writes_is_a_run_of_answers_as_the_files_are()
    {
        Assert.SkipUnless(LlamaServerProcess.Program is not null, LlamaServerProcess.Absent);
        using var server = await LlamaServerProcess.StartAsync(Repository.DefaultModel, "asked");
        var job = Sample(2) with
        {
            Design = DesignChoice.Default with { Reading = AnswerReading.Written, Writing = new() { Tokens = 6 } },
        };

        await RunAsync(new GgufModel(ModelFile.Find(Repository.DefaultModel, [])) { Isolate = false, Threads = 1 }, job);
        var there = await RunAsync(Of(server), job);

        Assert.Equal(PromptDesign.WrittenReading, there.Runs[0].Reading);
        // Greedily both write the same, which the rule reads alike.
        Assert.Equal((2, 4), (Count("SELECT count(DISTINCT (prompt, text, finish)) FROM generations"),
            Count("SELECT count(*) FROM text_readings")));
        Assert.Equal(2, Count("SELECT count(DISTINCT (source_row, class, option_index)) FROM text_readings"));
    }

    [Fact]
    public async Task By_text_and_by_its_completions_in_OpenAIs_shape_its_probabilities_are_the_same()
    {
        Assert.SkipUnless(LlamaServerProcess.Program is not null, LlamaServerProcess.Absent);
        using var server = await LlamaServerProcess.StartAsync(Repository.DefaultModel, "asked");
        var job = Asked(limit: 2);

        var here = await RunAsync(new GgufModel(ModelFile.Find(Repository.DefaultModel, [])) { Isolate = false, Threads = 1 }, job);
        var there = await RunAsync(Of(server) with { Kind = ServerFinder.OpenAi }, job);

        Assert.Equal(here.Answered, there.Answered);
        Assert.Contains(there.ModelWarnings, w => w.Contains("asked by text"));
        // Some labels are not among those that it lists; of these no more is known.
        Assert.True(Count("SELECT count(*) FROM answer_bounds") < there.Answered);
        Compare(here, there, 0.12);
        // Whole texts need what it does not give with a prompt that is echoed.
        var error = await Assert.ThrowsAsync<Engine.EngineException>(() =>
            RunAsync(Of(server) with { Kind = ServerFinder.OpenAi }, Asked(AnswerReading.Text, 2)));
        Assert.Contains("no log-probabilities of a prompt's own tokens", error.Message);
    }

    [Fact]
    public async Task A_server_that_is_killed_and_begun_again_loses_nothing()
    {
        Assert.SkipUnless(LlamaServerProcess.Program is not null, LlamaServerProcess.Absent);
        var file = Repository.Fixture("tiny/llama-spm.gguf");
        var first = await LlamaServerProcess.StartAsync(file, "asked");
        var asking = RunAsync(Of(first) with { MostUnproven = 20 }, Asked());
        await Task.Delay(TimeSpan.FromSeconds(2));
        first.Dispose();
        using var second = await LlamaServerProcess.StartAsync(file, "asked", first.Port);

        var outcome = await asking;

        Assert.Equal(Count("SELECT count(*) FROM answers"), outcome.Answered);
        Assert.Empty(outcome.Unanswered);
        Assert.Equal(1, Count("SELECT count(*) FROM models"));
    }

    void Compare(RunOutcome here, RunOutcome there, double most)
    {
        foreach (var (mine, theirs) in here.Runs.Zip(there.Runs))
        {
            Assert.Equal(0, Count($"""
                SELECT count(*)
                FROM answers a LEFT JOIN (SELECT * FROM answers WHERE run_id = {theirs.RunId}) b USING (source_row, order_index)
                WHERE a.run_id = {mine.RunId}
                    AND (source_row, order_index) NOT IN (SELECT (source_row, order_index) FROM answer_bounds WHERE run_id = {theirs.RunId})
                    AND NOT coalesce(a.boundary = b.boundary AND a.token_count = b.token_count
                    AND abs(a.off_menu - b.off_menu) <= {most}
                    AND list_max(list_transform(list_zip(a.probs, b.probs), p -> abs(p[1] - p[2]))) <= {most}, false)
                """));
            Assert.True(Count($"SELECT count(*) FROM answers WHERE run_id = {theirs.RunId}") > 0);
        }
    }
}
