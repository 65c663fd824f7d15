using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace LocalOpinions.Asking.Tests;

/// <summary>
/// Speaks as llama-server does, on a loopback port, and answers from a made-up model whose tokens are characters: so that it can be
/// wrong in every way.
/// </summary>
sealed class FakeLlamaServer : IAsyncDisposable
{
    public const string Name = "made-up";
    const int Start = 1, FirstCharacter = 3, Think = 2, Vocabulary = 4096;

    readonly WebApplication _app;
    int _completions, _requests;

    public FakeLlamaServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        _app.StartAsync().GetAwaiter().GetResult();
    }

    public string Address => _app.Urls.Single();

    /// <summary>Which model it is.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>What it says of log-probabilities, given those that are right and what was asked.</summary>
    public Func<double[], JsonNode, double[]> Says { get; set; } = (right, _) => right;

    /// <summary>Tokens that it adds before a prompt.</summary>
    public int Added { get; set; }

    /// <summary>How often its start token stands before a text.</summary>
    public int Starts { get; set; } = 1;

    /// <summary>Told the number of each request, answers it instead where it returns true.</summary>
    public Func<int, HttpContext, Task<bool>> Fault { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Told the number of each completion before it is computed.</summary>
    public Action<int> Before { get; set; } = _ => { };

    public int Completions => Volatile.Read(ref _completions);

    public HashSet<string> Authorizations { get; } = [];

    /// <summary>The log-probabilities behind a prompt.</summary>
    public static double[] Right(int seed, IEnumerable<int> prompt)
    {
        // A hash that is the same in every process.
        var random = new Random(prompt.Aggregate(seed, (hash, token) => unchecked(hash * 31 + token)));
        var logits = Enumerable.Range(0, Vocabulary).Select(_ => random.NextDouble() * 8).ToArray();
        // It would rather go on with a small letter than with an option's.
        for (var letter = 'a'; letter <= 'z'; letter++)
            logits[FirstCharacter + letter] += 8;
        var total = Math.Log(logits.Sum(Math.Exp));
        return [.. logits.Select(l => l - total)];
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task AnswerAsync(HttpContext context)
    {
        lock (Authorizations)
            Authorizations.Add(context.Request.Headers.Authorization.ToString());
        if (await Fault(Interlocked.Increment(ref _requests), context))
            return;
        var asked = context.Request.Method == "POST" ? await JsonNode.ParseAsync(context.Request.Body) : null;
        JsonNode? reply = context.Request.Path.Value switch
        {
            "/v1/models" => new JsonObject
            {
                ["data"] = new JsonArray(new JsonObject
                {
                    ["id"] = Name,
                    ["meta"] = new JsonObject { ["n_vocab"] = Vocabulary, ["n_params"] = 7, ["size"] = 28 },
                }),
            },
            "/props" => new JsonObject
            {
                ["total_slots"] = 4,
                ["default_generation_settings"] = new JsonObject { ["n_ctx"] = 100_000 },
                ["build_info"] = "fake",
            },
            "/tokenize" => Tokens(asked!),
            "/completion" => Completion(asked!),
            _ => null,
        };
        context.Response.StatusCode = reply is null ? 404 : 200;
        await context.Response.WriteAsync(reply?.ToJsonString() ?? "");
    }

    JsonObject Tokens(JsonNode asked)
    {
        List<(int Id, string Piece)> tokens = (bool)asked["add_special"]! ? [.. Enumerable.Repeat((Start, "<s>"), Starts)] : [];
        var text = (string)asked["content"]!;
        for (var i = 0; i < text.Length; i++)
        {
            // As a vocabulary's own token it is read even in text.
            if (string.CompareOrdinal(text, i, "<think>", 0, 7) == 0)
            {
                tokens.Add((Think, "<think>"));
                i += 6;
            }
            else
                tokens.Add((FirstCharacter + text[i] % (Vocabulary - FirstCharacter), text[i].ToString()));
        }
        return new()
        {
            ["tokens"] = new JsonArray([.. tokens.Select(t => new JsonObject { ["id"] = t.Id, ["piece"] = t.Piece })]),
        };
    }

    JsonObject Completion(JsonNode asked)
    {
        Before(Interlocked.Increment(ref _completions));
        int[] prompt = [.. asked["prompt"]!.AsArray().Select(t => (int)t!)];
        var values = Says(Right(Seed, prompt), asked);
        var chosen = (int)asked["logit_bias"]![0]![0]!;
        return new()
        {
            ["tokens_evaluated"] = prompt.Length + Added,
            ["truncated"] = false,
            ["timings"] = new JsonObject { ["prompt_n"] = prompt.Length },
            ["completion_probabilities"] = new JsonArray(new JsonObject
            {
                ["id"] = chosen,
                ["logprob"] = values[chosen],
                ["top_logprobs"] = new JsonArray([.. values.Index().OrderByDescending(v => v.Item).Take((int)asked["n_probs"]!)
                    .Select(v => new JsonObject { ["id"] = v.Index, ["logprob"] = v.Item })]),
            }),
        };
    }
}
