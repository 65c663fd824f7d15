using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Endpoints;
using LocalOpinions.Engine;

namespace LocalOpinions.Asking.Remote;

/// <summary>A model on a server that gives log-probabilities.</summary>
/// <param name="Address">The server.</param>
/// <param name="Name">The model, as the server names it.</param>
public sealed record RemoteModel(ServerAddress Address, string Name) : IAskedModel
{
    /// <summary>The most requests that may be under way.</summary>
    public const int MostInFlight = 1024;

    /// <summary>What kind of server it is, one of <see cref="ServerFinder.Kinds"/>; null to find out.</summary>
    public string? Kind { get; init; }

    /// <summary>Requests under way at a time; null to choose by what the server says.</summary>
    public int? InFlight { get; init; }

    /// <summary>The access token; null for none.</summary>
    public string? Token { get; init; }

    // The next are tokenised there while these are asked.
    int IAskedModel.MostPrompts => 2048;

    /// <summary>How long the server is waited for.</summary>
    public ServerPatience Patience { get; init; } = ServerPatience.Default;

    /// <summary>Answers after which it is made sure that the model is still the same.</summary>
    internal int MostUnproven { get; init; } = 1024;

    /// <remarks>What cannot be asked of some servers is known when one is there.</remarks>
    /// <inheritdoc/>
    public void Require(PromptDesign design)
    {
    }

    /// <inheritdoc/>
    /// <exception cref="EndpointException">The server cannot be used.</exception>
    public async Task<string> FingerprintAsync(CancellationToken cancellation)
    {
        using var client = new ServerClient(Address, Token, Patience, _ => { });
        var server = await ServerFinder.FindAsync(client, Name, Kind, cancellation);
        return (await ServerProof.OfAsync(server, cancellation)).Fingerprint.ToString();
    }

    /// <inheritdoc/>
    public bool IsSame(string known, string fingerprint) =>
        Fingerprint.Parse(known) is { } one && Fingerprint.Parse(fingerprint) is { } other && one.IsSame(other);

    /// <summary>The fingerprint that it goes by where it is that model; null for the one it shows.</summary>
    public string? Noted { get; init; }

    /// <inheritdoc/>
    public IAskedModel KnownAs(string? fingerprint) => this with { Noted = fingerprint };

    /// <inheritdoc/>
    /// <exception cref="EndpointException">The server cannot be used.</exception>
    public async Task<IAnswerSource> OpenAsync(AskingWork work, SourceContext context, CancellationToken cancellation)
    {
        if (!Address.IsLoopback)
            context.Warn($"All prompts go to {Address.Shown}, which is not this machine.");
        var client = new ServerClient(Address, Token, Patience, context.Warn);
        try
        {
            var server = await ServerFinder.FindAsync(client, Name, Kind, cancellation);
            var proof = await ServerProof.OfAsync(server, cancellation);
            RequireReadable(work.Design.Choice, server, proof);
            var fingerprint = Known(context, server.Model.Name, proof.Fingerprint);
            var vocabulary = new RemoteVocabulary(server, proof, cancellation);
            return new RemoteSource(client, server, proof, vocabulary, fingerprint, work, this);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    // What is asked by text has no tokens to name, and numerals that begin each other cannot be told apart.
    void RequireReadable(DesignChoice choice, IServer server, ServerProof proof)
    {
        if (!server.IsByText)
            return;
        if (choice.Layout == TurnLayout.Chat)
            throw new EngineException(EngineError.ModelUnusable, $"{Address.Shown} shows no tokens and is asked by text, in which a chat "
                + "layout cannot be told from what a survey says.")
            { Remedy = EngineRemedy.PlainLayout };
        if (choice.Reading == AnswerReading.Verbalised)
            throw new EngineException(EngineError.ModelUnusable, $"{Address.Shown} shows no tokens and is asked by text, by which numerals "
                + "that begin alike cannot be told apart.");
        if (choice.Reading == AnswerReading.Text && proof.EchoProblem is { } problem)
            throw new EngineException(EngineError.ModelUnusable, $"{Address.Shown} cannot be asked for whole texts: it {problem}.");
    }

    // The same model answers a little otherwise each time: what was stored of it first stays its fingerprint.
    string Known(SourceContext context, string name, Fingerprint now)
    {
        var shown = ServerFinder.LastPart(name);
        List<(string Name, Fingerprint Print)> stored = [.. context.Stored()
            .Select(s => (s.Name, Print: Fingerprint.Parse(s.Fingerprint)))
            .Where(s => s.Print is not null).Select(s => (s.Name, s.Print!))];
        var noted = Noted is null ? null : Fingerprint.Parse(Noted);
        if (stored.Select(s => s.Print).Append(noted).FirstOrDefault(p => p?.IsSame(now) is true) is { } same)
            return same.ToString();
        if (stored.Exists(s => s.Name == shown))
            context.Warn($"Another model stands behind the name {shown} than the one whose answers are stored. Its answers are kept apart, "
                + "as those of another model.");
        return now.ToString();
    }
}
