using System.Net;
using System.Text.Json.Nodes;
using LocalOpinions.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace LocalOpinions.Asking.Tests;

/// <summary>
/// Speaks as a server of one of the kinds does, on a loopback port, and answers from a made-up model whose tokens are characters and a few
/// words: so that it can be wrong in every way.
/// </summary>
sealed class FakeServer : IAsyncDisposable
{
    public const string Name = "made-up";
    public const int Start = 1, FirstCharacter = 3, Think = 2, Vocabulary = 4096, FirstWord = 3000;

    // Of these servers know the probe's words as tokens; the fake llama-server knows characters alone.
    static readonly string[] s_words = [" the", " a", " not", " A", " five", " Paris", " very"];

    readonly WebApplication _app;
    int _completions, _requests;

    readonly Func<FakeServer, string, JsonNode?, JsonNode?> _reply;

    /// <param name="kind">One of the kinds that there are.</param>
    public FakeServer(string kind = ServerFinder.LlamaServer)
    {
        _reply = kind switch
        {
            ServerFinder.LlamaServer => (server, path, asked) => server.Reply(path, asked),
            ServerFinder.Vllm => FakeVllm.Reply,
            ServerFinder.Sglang => FakeSglang.Reply,
            _ => FakeOpenAi.Reply,
        };
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

    /// <summary>The most tokens that it lists; it refuses to list more.</summary>
    public int MostListed { get; set; } = 20;

    /// <summary>Whether it gives the log-probabilities of tokens that are named.</summary>
    public bool Names { get; set; } = true;

    /// <summary>What it makes of a prompt's own tokens: "right", "none", "zeros" or "refused".</summary>
    public string Echo { get; set; } = "right";

    /// <summary>Whether what it writes ends within a character, which llama-server cannot show.</summary>
    public bool EndsWithinCharacter { get; set; }

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
        for (var word = 0; word < s_words.Length; word++)
            logits[FirstWord + word] += 7;
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
        if (asked is not null && context.Request.Path.Value is "/completion" or "/v1/completions" or "/generate")
            Before(Interlocked.Increment(ref _completions));
        try
        {
            var reply = _reply(this, context.Request.Path.Value!, asked);
            context.Response.StatusCode = reply is null ? 404 : 200;
            await context.Response.WriteAsync(reply?.ToJsonString() ?? "");
        }
        catch (BadHttpRequestException e)
        {
            context.Response.StatusCode = e.StatusCode;
            await context.Response.WriteAsync(
                new JsonObject { ["error"] = new JsonObject { ["message"] = e.Message, ["code"] = e.StatusCode } }.ToJsonString());
        }
    }

    JsonNode? Reply(string path, JsonNode? asked) => path switch
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

    /// <summary>The tokens of a text, as all servers but the fake llama-server have them: words, and characters.</summary>
    public static int[] Tokens(string text)
    {
        List<int> tokens = [];
        for (var i = 0; i < text.Length;)
        {
            var word = Array.FindIndex(s_words, w => string.CompareOrdinal(text, i, w, 0, w.Length) == 0);
            // A control token's name is read as that, wherever it stands.
            var think = string.CompareOrdinal(text, i, "<think>", 0, 7) == 0;
            tokens.Add(think ? Think : word >= 0 ? FirstWord + word : FirstCharacter + text[i]);
            i += think ? 7 : word >= 0 ? s_words[word].Length : 1;
        }
        return [.. tokens];
    }

    /// <summary>The text of a token.</summary>
    public static string Piece(int token) => token switch
    {
        0 => "",
        Start => "<s>",
        Think => "<think>",
        >= FirstWord and < FirstWord + 7 => s_words[token - FirstWord],
        _ => ((char)(token - FirstCharacter)).ToString(),
    };

    /// <summary>What it says behind a prompt.</summary>
    public double[] Next(IEnumerable<int> prompt, JsonNode asked) => Says(Right(Seed, prompt), asked);

    /// <summary>What it writes on from a prompt, most probable token by token.</summary>
    public string Written(IEnumerable<int> prompt, int most)
    {
        List<int> tokens = [.. prompt];
        var from = tokens.Count;
        while (tokens.Count < from + most)
        {
            var values = Right(Seed, tokens);
            tokens.Add(Array.IndexOf(values, values.Max()));
        }
        return string.Concat(tokens.Skip(from).Select(Piece));
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
        int[] prompt = [.. asked["prompt"]!.AsArray().Select(t => (int)t!)];
        if (asked["logit_bias"] is null)
        {
            if (EndsWithinCharacter)
                throw new BadHttpRequestException("The model produced output that does not match the expected Content-only format", 500);
            var most = (int)asked["n_predict"]!;
            return new() { ["content"] = Written(prompt, most), ["stop_type"] = "limit", ["tokens_predicted"] = most };
        }
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
