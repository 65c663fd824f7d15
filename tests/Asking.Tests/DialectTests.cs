using LocalOpinions.Asking.Looking;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Remote;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Endpoints;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Store;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Tests;

/// <summary>Runs whose model is on a server of another kind than llama-server, by replies in the shapes that are documented.</summary>
public sealed class DialectTests : RunTest
{
    static readonly ServerPatience s_patience = new()
    {
        FirstPause = TimeSpan.FromMilliseconds(1),
        LongestPause = TimeSpan.FromMilliseconds(5),
        Outage = TimeSpan.FromSeconds(1),
    };

    static RemoteModel Of(FakeServer server, string? kind = null) =>
        new(ServerAddress.Parse(server.Address), FakeServer.Name) { InFlight = 8, Kind = kind, Patience = s_patience };

    static AskingJob Texts(int limit) => Sample(limit) with
    {
        Design = DesignChoice.Default with { Reading = AnswerReading.Text, Ending = PromptEnding.Space },
    };

    [Theory]
    [InlineData(ServerFinder.Vllm, true, "right", "vllm 0.20.0")]
    [InlineData(ServerFinder.Vllm, false, "right", "vllm 0.20.0")]
    [InlineData(ServerFinder.Sglang, true, "right", "sglang 0.5.9")]
    [InlineData(ServerFinder.OpenAi, false, "right", "openai (somebody)")]
    public async Task Answers_are_the_servers_numbers_wherever_their_tokens_rank(string kind, bool names, string echo, string build)
    {
        await using var server = new FakeServer(kind) { Names = names, Echo = echo };

        var outcome = await RunAsync(Of(server), Sample());

        Assert.Equal(24, outcome.Answered);
        Assert.Equal((kind, build), (outcome.Device, outcome.EngineBuild));
        Assert.Equal(0, Count("SELECT count(*) FROM answer_bounds"));
        using var results = ResultsFile.OpenReadOnly(At("r.duckdb"));
        var work = AskingWork.Of(Sample());
        foreach (var question in work.Questions)
        {
            var prompt = work.Design.Templates[0].Build(question, work.Design.Orders.For(question)[0]);
            int[] tokens = [FakeServer.Start, .. FakeServer.Tokens(prompt.Text)];
            var right = FakeServer.Right(server.Seed, tokens);
            var answer = results.ReadAnswers(outcome.Runs[0].RunId, [(question.SourceRow, 0)]).Single();
            Assert.All(prompt.Labels.Zip(answer.LogProbs), a => Assert.Equal(right[3 + a.First[0]], a.Second, 1e-9));
            Assert.Equal(1 - answer.LogProbs.Sum(Math.Exp), answer.OffMenu, 1e-9);
            Assert.Equal(tokens.Length, answer.TokenCount);
        }
    }

    [Theory]
    [InlineData(ServerFinder.LlamaServer)]
    [InlineData(ServerFinder.Vllm)]
    [InlineData(ServerFinder.Sglang)]
    [InlineData(ServerFinder.OpenAi)]
    public async Task What_a_served_model_writes_can_be_looked_at(string kind)
    {
        await using var server = new FakeServer(kind);
        var asked = new LookRequest { Model = Of(server), Job = Sample(3), Tokens = 7 };

        var outcome = await new LookJob(asked).ExecuteAsync(default);

        Assert.Equal(3, outcome.Texts.Count);
        Assert.Empty(outcome.Unasked);
        foreach (var text in outcome.Texts)
        {
            int[] prompt = [FakeServer.Start, .. kind == ServerFinder.LlamaServer
                ? text.Prompt.Select(c => FakeServer.FirstCharacter + c) : FakeServer.Tokens(text.Prompt)];
            Assert.Equal((server.Written(prompt, 7), Finish.Length, 7), (text.Text, text.Finish, text.Tokens));
            Assert.InRange(text.Probability, 0, 1);
        }

        // Strings that end a text end it here too: some servers take only a few.
        var first = outcome.Texts[0].Text;
        var cut = await new LookJob(asked with { Stops = ["1", "2", "3", "4", first[3..5]] }).ExecuteAsync(default);
        var until = first.IndexOf(first[3..5], StringComparison.Ordinal);
        Assert.Equal((first[..until], Finish.Stop), (cut.Texts[0].Text, cut.Texts[0].Finish));
    }

    [Fact]
    public async Task A_text_that_ends_within_a_character_is_told_and_not_asked_for_again_and_again()
    {
        await using var server = new FakeServer { EndsWithinCharacter = true };

        var outcome = await new LookJob(new() { Model = Of(server), Job = Sample(3), Tokens = 7, Texts = 2 }).ExecuteAsync(default);

        Assert.Empty(outcome.Texts);
        Assert.Equal(3, outcome.Unasked.Count);
        Assert.All(outcome.Unasked, u => Assert.Contains("cannot show what the model wrote", u.Reason));
    }

    [Theory]
    [InlineData(ServerFinder.Vllm)]
    [InlineData(ServerFinder.OpenAi)]
    public async Task What_a_server_does_not_show_is_stored_as_a_bound_and_counted(string kind)
    {
        await using var server = new FakeServer(kind) { Names = false, Echo = "none" };

        var outcome = await RunAsync(Of(server), Sample());

        Assert.Equal(24, outcome.Answered);
        Assert.Contains(outcome.ModelWarnings, w => w.Contains("answer_bounds"));
        var counted = Count("SELECT bounded_answers FROM run_overview");
        using var results = ResultsFile.OpenReadOnly(At("r.duckdb"));
        var work = AskingWork.Of(Sample());
        var bounds = results.Query("SELECT source_row, CAST(options AS VARCHAR), mass FROM answer_bounds").Rows
            .ToDictionary(r => (int)r[0]!, r => ((string)r[1]!, (double)r[2]!));
        Assert.NotEmpty(bounds);
        Assert.Equal(bounds.Count, counted);
        foreach (var question in work.Questions)
        {
            var prompt = work.Design.Templates[0].Build(question, work.Design.Orders.For(question)[0]);
            var right = FakeServer.Right(server.Seed, [FakeServer.Start, .. FakeServer.Tokens(prompt.Text)]);
            var answer = results.ReadAnswers(outcome.Runs[0].RunId, [(question.SourceRow, 0)]).Single();
            double[] truth = [.. prompt.Labels.Select(l => right[3 + l[0]])];
            int[] bounded = [.. answer.Options.Where((_, i) => answer.LogProbs[i] > truth[i] + 1e-9).Order()];
            Assert.All(truth.Zip(answer.LogProbs), v => Assert.True(v.Second >= v.First - 1e-9));
            Assert.Equal($"[{string.Join(", ", bounded)}]", bounds.GetValueOrDefault(question.SourceRow, ("[]", 0)).Item1);
            // So much is the label mass too large at most.
            Assert.InRange(1 - truth.Sum(Math.Exp), answer.OffMenu - 1e-9,
                answer.OffMenu + bounds.GetValueOrDefault(question.SourceRow, ("", 0)).Item2 + 1e-9);
        }
    }

    [Theory]
    [InlineData(ServerFinder.Vllm, "right")]
    [InlineData(ServerFinder.Vllm, "zeros")]
    [InlineData(ServerFinder.Vllm, "refused")]
    [InlineData(ServerFinder.Sglang, "right")]
    [InlineData(ServerFinder.Sglang, "none")]
    [InlineData(ServerFinder.OpenAi, "right")]
    public async Task Whole_texts_are_read_off_echoed_prompts_or_token_by_token(string kind, string echo)
    {
        await using var server = new FakeServer(kind) { Echo = echo };

        var outcome = await RunAsync(Of(server), Texts(3));

        Assert.Equal(3, outcome.Answered);
        using var results = ResultsFile.OpenReadOnly(At("r.duckdb"));
        var work = AskingWork.Of(Texts(3));
        foreach (var question in work.Questions)
        {
            var prompt = work.Design.Templates[0].Build(question, work.Design.Orders.For(question)[0]);
            var answer = results.ReadAnswers(outcome.Runs[0].RunId, [(question.SourceRow, 0)]).Single();
            foreach (var (option, value) in prompt.Options.Zip(answer.LogProbs))
            {
                List<int> tokens = [FakeServer.Start, .. FakeServer.Tokens(prompt.Text)];
                var sum = 0.0;
                foreach (var token in FakeServer.Tokens(" " + option))
                {
                    sum += FakeServer.Right(server.Seed, tokens)[token];
                    tokens.Add(token);
                }
                Assert.Equal(sum, value, 1e-6);
            }
        }
    }

    [Theory]
    [InlineData("none", "gives no log-probabilities of a prompt's own tokens")]
    [InlineData("zeros", "a log-probability of 0 each")]
    [InlineData("refused", "prompt logprobs are not supported")]
    public async Task Texts_are_not_read_by_text_where_echoed_prompts_have_no_numbers(string echo, string reason)
    {
        await using var server = new FakeServer(ServerFinder.OpenAi) { Echo = echo };

        var error = await Assert.ThrowsAsync<EngineException>(() => RunAsync(Of(server), Texts(3)));

        Assert.Equal(EngineError.ModelUnusable, error.Kind);
        Assert.Contains(reason, error.Message);
    }

    public static TheoryData<string, string, string> Lies
    {
        get
        {
            var lies = new TheoryData<string, string, string>();
            foreach (var kind in new[] { ServerFinder.Vllm, ServerFinder.Sglang, ServerFinder.OpenAi })
            {
                lies.Add(kind, "zeros", "log-probability of 0");
                lies.Add(kind, "the same for all tokens", "the same log-probability");
                lies.Add(kind, "the same for every prompt", "answers every prompt alike");
                lies.Add(kind, "after temperature", "after temperature or penalties");
                lies.Add(kind, "another each time", "when it is asked again");
            }
            foreach (var kind in new[] { ServerFinder.Vllm, ServerFinder.Sglang })
            {
                lies.Add(kind, "a start token more", "a start token of its own");
                lies.Add(kind, "two start tokens", "twice");
            }
            return lies;
        }
    }

    [Theory, MemberData(nameof(Lies))]
    public async Task A_server_whose_numbers_are_of_no_use_is_refused_with_the_reason(string kind, string lie, string reason)
    {
        var (fixedAnswer, asked) = (FakeServer.Right(5, [1]), 0);
        await using var server = new FakeServer(kind)
        {
            Added = lie == "a start token more" ? 1 : 0,
            Starts = lie == "two start tokens" ? 2 : 1,
            Says = lie switch
            {
                "zeros" => (right, _) => new double[right.Length],
                "the same for all tokens" => (right, _) => [.. right.Select(_ => -Math.Log(right.Length))],
                "the same for every prompt" => (_, _) => fixedAnswer,
                "after temperature" => (right, question) =>
                    (double)question["temperature"]! > 0 ? [.. right.Select(r => r / 3 - 5)] : right,
                "another each time" => (right, _) => Interlocked.Increment(ref asked) % 2 == 0 ? right : [.. right.Select(r => r - 3)],
                _ => (right, _) => right,
            },
        };

        var error = await Assert.ThrowsAsync<EndpointException>(() => RunAsync(Of(server), Sample(3)));

        Assert.Equal(EndpointError.Unfit, error.Kind);
        Assert.Contains(reason, error.Message);
    }

    [Theory]
    [InlineData(ServerFinder.Vllm)]
    [InlineData(ServerFinder.Sglang)]
    [InlineData(ServerFinder.OpenAi)]
    public async Task Text_is_never_read_as_a_token_that_means_more(string kind)
    {
        await using var fake = new FakeServer(kind);
        using var client = new ServerClient(Of(fake).Address, null, s_patience, _ => { });
        var server = await ServerFinder.FindAsync(client, FakeServer.Name, kind, default);
        var vocabulary = new RemoteVocabulary(server, await ServerProof.OfAsync(server, default), default);

        var error = Assert.Throws<EngineException>(() => vocabulary.Tokenize("Is <think> it so?"));

        Assert.Equal(EngineError.Prompt, error.Kind);
        Assert.Contains("\"<think>\"", error.Message);
        Assert.Equal(" A", vocabulary.Piece(vocabulary.WithText(" A")[0]));
    }

    [Theory]
    [InlineData(TurnLayout.Chat, AnswerReading.Labels, "in which a chat layout")]
    [InlineData(TurnLayout.Plain, AnswerReading.Verbalised, "numerals")]
    public async Task What_cannot_be_asked_by_text_is_refused(TurnLayout layout, AnswerReading reading, string reason)
    {
        await using var server = new FakeServer(ServerFinder.OpenAi);
        var ending = reading == AnswerReading.Labels ? PromptEnding.Paren : PromptEnding.Space;
        var job = Sample(3) with { Design = DesignChoice.Default with { Layout = layout, Reading = reading, Ending = ending } };

        var error = await Assert.ThrowsAsync<EngineException>(() => RunAsync(Of(server), job));

        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public async Task A_kind_that_is_named_is_asked_as_that_or_not_at_all()
    {
        await using var server = new FakeServer(ServerFinder.Vllm);

        var asText = await RunAsync(Of(server, ServerFinder.OpenAi), Sample(3));
        Assert.Equal(ServerFinder.OpenAi, asText.Device);
        Assert.Contains(asText.ModelWarnings, w => w.Contains("asked by text"));

        var error = await Assert.ThrowsAsync<EndpointException>(() => RunAsync(Of(server, ServerFinder.Sglang), Sample(3)));
        Assert.Contains("does not answer as sglang does", error.Message);
    }

    [Theory]
    [InlineData("Is it so? (A", new[] { "Is", " it", " so", "?", " (", "A" })]
    [InlineData("Answer: A", new[] { "Answer", ":", " A" })]
    [InlineData("a <b> [INST]x\n12", new[] { "a", " ", "<b>", " ", "[INST]", "x", "\n", "12" })]
    public void Text_is_cut_where_a_label_may_stand(string text, string[] pieces)
    {
        var cut = new TextPieces();
        Assert.Equal(pieces, cut.Of(text).Select(p => p.Piece));
        Assert.Equal(text, cut.Text(cut.Of(text).Select(p => p.Id)));
    }

    [Theory]
    [InlineData(new[] { "<s>", "ab", "c", "d" }, "abc", "d", 3, 4)]
    [InlineData(new[] { "ab", "c", "d", "e", "f" }, "abc", "de", 2, 4)]
    [InlineData(new[] { "ab", "cd" }, "abc", "d", null, 2)]
    public void A_text_is_found_behind_an_echoed_prompt(string[] tokens, string before, string behind, int? start, int end) =>
        Assert.Equal((start, end), OpenAiServer.Places(tokens, before, behind));
}
