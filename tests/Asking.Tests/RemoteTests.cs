using LocalOpinions.Asking.Measuring;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Remote;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Asking.Verifying;
using LocalOpinions.Endpoints;
using LocalOpinions.Engine;
using LocalOpinions.Store;
using Microsoft.AspNetCore.Http;

namespace LocalOpinions.Asking.Tests;

/// <summary>Runs whose model is on a server that may fail, lie, or have another model put in its place.</summary>
public sealed class RemoteTests : RunTest, IAsyncDisposable
{
    static readonly ServerPatience s_patience = new()
    {
        FirstPause = TimeSpan.FromMilliseconds(1),
        LongestPause = TimeSpan.FromMilliseconds(5),
        Outage = TimeSpan.FromSeconds(20),
    };

    readonly FakeServer _server = new();
    readonly List<string> _warnings = [];

    RemoteModel Model => new(ServerAddress.Parse(_server.Address), FakeServer.Name) { Patience = s_patience, InFlight = 8 };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Answers_are_the_servers_numbers_wherever_their_tokens_rank()
    {
        var outcome = await RunAsync(Model, Sample());

        Assert.Equal(24, outcome.Answered);
        // The question behind the first prompt, computed here: labels stand anywhere among 4,096 tokens.
        using var results = ResultsFile.OpenReadOnly(At("r.duckdb"));
        var work = AskingWork.Of(Sample());
        foreach (var question in work.Questions)
        {
            var prompt = work.Design.Templates[0].Build(question, work.Design.Orders.For(question)[0]);
            var right = FakeServer.Right(_server.Seed, [1, .. prompt.Text.Select(c => 3 + c % 4093)]);
            var answer = results.ReadAnswers(outcome.Runs[0].RunId, [(question.SourceRow, 0)]).Single();
            Assert.All(prompt.Labels.Zip(answer.LogProbs), a => Assert.Equal(right[3 + a.First[0]], a.Second, 1e-9));
            Assert.Equal(1 - answer.LogProbs.Sum(Math.Exp), answer.OffMenu, 1e-9);
        }
    }

    public static TheoryData<string, string> Lies => new()
    {
        { "zeros", "log-probability of 0" },
        { "the same for all tokens", "the same log-probability" },
        { "the same for every prompt", "answers every prompt alike" },
        { "after temperature", "after temperature or penalties" },
        { "after the bias", "answers every prompt alike" },
        { "by what is chosen", "when it is asked for alone" },
        { "no numbers", "that are none" },
        { "too much", "more probability than there is" },
        { "another each time", "when it is asked again" },
        { "from its cache", "in its cache" },
        { "a start token more", "a start token of its own" },
        { "two start tokens", "twice" },
    };

    [Theory, MemberData(nameof(Lies))]
    public async Task A_server_whose_numbers_are_of_no_use_is_refused_with_the_reason(string lie, string reason)
    {
        var fixedAnswer = FakeServer.Right(5, [1]);
        _server.Added = lie == "a start token more" ? 1 : 0;
        _server.Starts = lie == "two start tokens" ? 2 : 1;
        _server.Says = lie switch
        {
            "zeros" => (right, _) => new double[right.Length],
            "the same for all tokens" => (right, _) => [.. right.Select(_ => -Math.Log(right.Length))],
            "the same for every prompt" => (_, _) => fixedAnswer,
            "after temperature" => (right, asked) => (double)asked["temperature"]! > 1 ? [.. right.Select(r => r / 3 - 5)] : right,
            "after the bias" => (right, asked) =>
                [.. right.Select((r, i) => i == (int)asked["logit_bias"]![0]![0]! ? -1e-6 : r - 14)],
            "by what is chosen" => (right, asked) => (int)asked["logit_bias"]![0]![0]! == 3 + 'e' ? right : [.. right.Select(r => r - 2)],
            "no numbers" => (right, _) => [.. right.Select(_ => 3.5)],
            "too much" => (right, _) => [.. right.Select(r => r / 20)],
            "another each time" => (right, _) => [.. right.Select(r => r - Random.Shared.NextDouble() * 4)],
            "from its cache" => (right, asked) => (bool)asked["cache_prompt"]! && asked["prompt"]!.AsArray().Count > 300
                ? [.. right.Select((r, i) => r - i % 3)] : right,
            _ => (right, _) => right,
        };

        var error = await Assert.ThrowsAsync<EndpointException>(() => RunAsync(Model, Sample()));

        Assert.Equal(EndpointError.Unfit, error.Kind);
        Assert.Contains(reason, error.Message);
        Assert.Equal(0, Count("SELECT count(*) FROM runs"));
    }

    [Fact]
    public async Task Failures_that_pass_change_nothing()
    {
        await RunAsync(Model, Sample(), "whole.duckdb");
        _server.Fault = async (number, context) =>
        {
            // A server that was never reached is not waited for.
            switch (context.Request.Path == "/v1/models" ? 0 : number % 25)
            {
                case 2:
                    context.Response.StatusCode = 500;
                    return true;
                case 4:
                    context.Response.StatusCode = 429;
                    context.Response.Headers.RetryAfter = "0";
                    return true;
                case 6:
                    context.Abort();
                    return true;
                case 8:
                    // Half a reply.
                    context.Response.ContentLength = 100;
                    await context.Response.WriteAsync("{\"tokens\": [");
                    await context.Response.Body.FlushAsync();
                    context.Abort();
                    return true;
                default:
                    return false;
            }
        };

        var outcome = await RunAsync(Model, Sample());

        Assert.Equal(24, outcome.Answered);
        Assert.Equal(Rows("whole.duckdb"), Rows());
    }

    [Fact]
    public async Task What_fails_for_good_is_told_and_what_came_before_is_kept()
    {
        _server.Before = number => { if (number > 50) _server.Fault = Always(500); };

        var error = await Assert.ThrowsAsync<EndpointException>(() => RunAsync(
            Model with { Patience = s_patience with { Outage = TimeSpan.FromMilliseconds(50) } }, Sample()));

        Assert.Contains("status 500", error.Message);
        Assert.Contains("run the same command later", error.Message);
        _server.Before = _ => { };
        _server.Fault = (_, _) => Task.FromResult(false);
        var rest = await RunAsync(Model, Sample());
        Assert.Equal(24, rest.AlreadyAnswered + rest.Answered);
    }

    [Fact]
    public async Task Another_model_put_behind_the_name_leaves_nothing_false()
    {
        var job = Sample() with { Design = DesignChoice.Default with { Orders = "sample:6" } };
        _server.Before = number => _server.Seed = number > 420 ? 2 : 1;

        var error = await Assert.ThrowsAsync<EndpointException>(() => RunAsync(Model with { MostUnproven = 40 }, job));

        Assert.Equal(EndpointError.Changed, error.Kind);
        var stored = Count("SELECT count(*) FROM answers");
        Assert.InRange(stored, 1, 420);
        // Every one is the first model's: asked of it alone, the rest comes to the same file as without the change.
        _server.Before = _ => _server.Seed = 1;
        var rest = await RunAsync(Model, job);
        Assert.Equal(stored, rest.AlreadyAnswered);
        await RunAsync(Model, job, "whole.duckdb");
        Assert.Equal(Rows("whole.duckdb"), Rows());
    }

    [Fact]
    public async Task A_run_goes_on_and_another_model_of_the_name_is_kept_apart()
    {
        await RunAsync(Model, Sample());
        var before = _server.Completions;
        // The same model, but for noise.
        _server.Says = (right, _) => [.. right.Select((r, i) => r - i % 3 * 0.004)];
        var again = await RunAsync(Model, Sample());
        Assert.Equal(24, again.AlreadyAnswered);
        Assert.InRange(_server.Completions - before, 1, 70);
        Assert.Equal(1, Count("SELECT count(*) FROM models"));

        _server.Says = (right, _) => right;
        _server.Seed = 2;
        var other = await new RunJob(new()
        {
            Model = Model,
            Job = Sample(),
            Output = At("r.duckdb"),
            Monitor = new Listening(_warnings),
        }).ExecuteAsync(default);
        Assert.Equal(24, other.Answered);
        Assert.Equal(2, Count("SELECT count(*) FROM models"));
        Assert.Contains(_warnings, w => w.Contains("Another model stands behind the name made-up"));
    }

    [Fact]
    public async Task Pieces_asked_each_into_a_file_of_its_own_are_one_models()
    {
        var noted = await Model.FingerprintAsync(default);
        _server.Says = (right, _) => [.. right.Select((r, i) => r - i % 3 * 0.004)];
        Assert.NotEqual(noted, await Model.FingerprintAsync(default));
        var piece = await RunAsync(Model.KnownAs(noted), Sample(3));
        Assert.Equal(noted, piece.ModelSha256);

        // What was noted of another model says nothing.
        _server.Seed = 2;
        Assert.NotEqual(noted, (await RunAsync(Model.KnownAs(noted), Sample(3), "other.duckdb")).ModelSha256);
    }

    [Fact]
    public async Task The_noise_floor_is_how_far_answers_are_from_prompts_asked_alone_and_computed_anew()
    {
        await RunAsync(Model, Sample());
        Assert.Equal((4, 0.0, 0.0), Noise("r.duckdb"));

        _server.Says = (right, asked) => asked["cache_prompt"]!.GetValue<bool>() ? [.. right.Select(r => r - 0.01)] : right;
        await RunAsync(Model, Sample(), "moved.duckdb");
        var (prompts, mean, most) = Noise("moved.duckdb");
        Assert.Equal(4, prompts);
        Assert.Equal(0.01, mean, 1e-9);
        Assert.Equal(0.01, most, 1e-9);
    }

    (int Prompts, double Mean, double Most) Noise(string file)
    {
        using var results = ResultsFile.OpenReadOnly(At(file));
        var floor = results.NoiseFloor(1)!;
        return (floor.Prompts, floor.MeanLogProb, floor.MaxLogProb);
    }

    [Fact]
    public async Task What_a_study_will_cost_is_estimated_by_asking_the_server()
    {
        var job = Sample();
        var work = AskingWork.Of(job);
        await using var source = await ((IAskedModel)Model).OpenAsync(work, SourceContext.None, default);
        var (jobs, rate) = await source.RunAsync(
            new EstimateTask([job, job with { Design = DesignChoice.Default with { Orders = "cyclic" } }]), null, default);

        Assert.Equal([24, work.Questions.Sum(q => q.Options.Count)], jobs.Select(j => (int)j.Prompts));
        var characters = work.Questions.Sum(q => work.Design.Templates[0].Build(q, work.Design.Orders.For(q)[0]).Text.Length + 1);
        Assert.Equal((characters, characters), (jobs[0].Tokens, jobs[0].UnsharedTokens));
        Assert.True(rate > 0);
    }

    [Fact]
    public async Task The_token_goes_to_the_server_with_every_request_and_nowhere_else()
    {
        await RunAsync(Model with { Token = "se-cret" }, Sample(3));
        Assert.Equal(["Bearer se-cret"], _server.Authorizations);
        foreach (var file in Directory.EnumerateFiles(At("."), "*"))
            Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf("se-cret"u8) >= 0);

        _server.Fault = Always(401);
        var refused = await Assert.ThrowsAsync<EndpointException>(() => RunAsync(Model, Sample(3)));
        Assert.Equal(EndpointError.Refused, refused.Kind);
        Assert.Contains(ServerClient.TokenVariable, refused.Message);
        Assert.DoesNotContain("se-cret", refused.Message);
    }

    [Fact]
    public async Task Nobody_is_followed_elsewhere()
    {
        _server.Fault = (_, context) =>
        {
            context.Response.Redirect("http://127.0.0.1:9/");
            return Task.FromResult(true);
        };
        var error = await Assert.ThrowsAsync<EndpointException>(() => RunAsync(Model, Sample(3)));
        Assert.Contains("sends elsewhere", error.Message);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_told_with_those_that_are()
    {
        var error = await Assert.ThrowsAsync<EndpointException>(() => RunAsync(Model with { Name = "other" }, Sample(3)));
        Assert.Equal(EndpointError.Argument, error.Kind);
        Assert.Contains("it has made-up", error.Message);
    }

    [Fact]
    public async Task A_server_is_verified_against_itself_and_timed_by_its_answers()
    {
        var verified = await new ServerVerifyJob(Model, null, Sample()).ExecuteAsync(_warnings.Add, default);

        Assert.Equal((24, true, true), (verified.Questions, verified.Repeats, verified.IsServed));
        var only = Assert.Single(verified.Comparisons);
        Assert.Equal(("server", "server again", 0, 0), (only.Way, only.Against, only.LargestProbability, only.Swaps));

        var moved = 0;
        _server.Says = (right, _) => [.. right.Select((r, i) => r - (Interlocked.Increment(ref moved) + i) % 7 * 0.003)];
        var noisy = await new ServerVerifyJob(Model, null, Sample()).ExecuteAsync(_warnings.Add, default);
        Assert.False(noisy.Repeats);
        Assert.InRange(noisy.Comparisons[0].LargestLogProbability, 0.003, 0.02);

        var bench = await new BenchJob(new() { Model = Model, Survey = SurveySource.Sample, Questions = 4, Cases = [BenchJob.Cases[0]] })
            .ExecuteAsync(default);
        Assert.Empty(bench.PromptRates);
        Assert.Equal((4L, null), (bench.Conditions[0].Run.Answered, bench.Conditions[0].OfCeiling));
    }

    [Fact]
    public async Task Text_is_never_read_as_a_token_that_means_more()
    {
        using var client = new ServerClient(Model.Address, null, s_patience, _ => { });
        var server = await ServerFinder.FindAsync(client, FakeServer.Name, null, default);
        var vocabulary = new RemoteVocabulary(server, await ServerProof.OfAsync(server, default), default);

        Assert.Equal([1, 3 + 'a', 3 + '<'], vocabulary.Tokenize("a<"));
        var error = Assert.Throws<EngineException>(() => vocabulary.Tokenize("Is <think> it so?"));
        Assert.Equal(EngineError.Prompt, error.Kind);
        Assert.Contains("\"<think>\"", error.Message);
        Assert.Equal([("a", false), ("<think>", true), ("b", false)], vocabulary.Marked("a<think>b").Select(p => (p.Text, p.IsControl)));
    }

    [Theory]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("http://me:secret@127.0.0.1")]
    [InlineData("http://127.0.0.1/?key=secret")]
    public void An_address_is_an_address_and_no_more(string text)
    {
        var error = Assert.Throws<EndpointException>(() => ServerAddress.Parse(text));
        Assert.Equal(EndpointError.Argument, error.Kind);
        Assert.DoesNotContain("secret", error.Message);
    }

    static Func<int, HttpContext, Task<bool>> Always(int status) => (_, context) =>
    {
        context.Response.StatusCode = status;
        return Task.FromResult(true);
    };

    sealed class Listening(List<string> warnings) : IWorkMonitor
    {
        public void Begin(string part)
        {
        }

        public Task WatchAsync(WorkProgress progress, Task work) => work;

        public void Warn(string notice) => warnings.Add(notice);
    }
}
