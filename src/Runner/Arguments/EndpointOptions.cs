using System.CommandLine;
using System.CommandLine.Parsing;
using LocalOpinions.Asking.Remote;
using LocalOpinions.Endpoints;

namespace LocalOpinions.Runner.Arguments;

/// <summary>The options that name a server in place of a model file.</summary>
sealed class EndpointOptions
{
    readonly Option<ServerAddress?> _endpoint = new("--endpoint")
    {
        Description = $"A server that gives log-probabilities ({string.Join(", ", ServerFinder.Kinds)}), as http://127.0.0.1:8080; "
            + "--model is then the name that the model has there. "
            + $"{ServerClient.TokenVariable} holds the access token for a server that needs one. Default: none; "
            + "nothing connects to anything.",
        HelpName = "URL",
        CustomParser = Read,
    };
    readonly Option<string?> _kind = new("--endpoint-kind")
    {
        Description = $"What kind of server it is: {string.Join(", ", ServerFinder.Kinds)} (whatever has OpenAI's completions; asked by "
            + "text). Default: found out by asking it.",
        HelpName = "KIND",
    };
    readonly Option<int?> _inFlight = Options.Whole("--in-flight",
        "Requests that are under way at the endpoint at a time. Default: two for each of llama-server's slots, 64 for sglang and vllm, 16 "
            + "for openai.", RemoteModel.MostInFlight);

    IEnumerable<Option> All => [_endpoint, _kind, _inFlight];

    /// <param name="command">The command.</param>
    /// <param name="engine">What is of no use with a server.</param>
    public void AddTo(CheckedCommand command, params IReadOnlyList<Option> engine)
    {
        _kind.AcceptOnlyFromAmong([.. ServerFinder.Kinds]);
        foreach (var option in All)
            command.Add(option);
        command.Check(parsed => Contradictions(parsed, engine));
    }

    /// <returns>Null where no endpoint is named.</returns>
    /// <param name="parsed">The command line.</param>
    /// <param name="name">The model, as it was typed.</param>
    public RemoteModel? Model(ParseResult parsed, string name) => parsed.GetValue(_endpoint) is not { } address ? null
        : new(address, name)
        {
            Kind = parsed.GetValue(_kind),
            InFlight = parsed.GetValue(_inFlight),
            Token = Environment.GetEnvironmentVariable(ServerClient.TokenVariable),
        };

    /// <summary>Those that were given, as they go to another call of the program.</summary>
    public IEnumerable<string> Given(ParseResult parsed) => parsed.Given(All);

    /// <summary>Whether one is named.</summary>
    public bool IsNamed(ParseResult parsed) => parsed.GetValue(_endpoint) is not null;

    IEnumerable<string> Contradictions(ParseResult parsed, IReadOnlyList<Option> engine)
    {
        if (!IsNamed(parsed))
        {
            if (parsed.GetValue(_inFlight) is not null)
                yield return "--in-flight counts requests to a server; name one with --endpoint, or leave it out.";
            if (parsed.GetValue(_kind) is not null)
                yield return "--endpoint-kind says what kind of server stands there; name one with --endpoint, or leave it out.";
            yield break;
        }
        var given = engine.Where(parsed.IsGiven).Select(o => o.Name).ToList();
        if (given.Count > 0)
            yield return $"{string.Join(", ", given)}: how an endpoint computes is the server's to say; leave it out.";
    }

    static ServerAddress? Read(ArgumentResult result)
    {
        try
        {
            return ServerAddress.Parse(result.Tokens[^1].Value);
        }
        catch (EndpointException e)
        {
            result.AddError($"--endpoint: {e.Message}");
            return null;
        }
    }
}
