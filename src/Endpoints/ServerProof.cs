namespace LocalOpinions.Endpoints;

/// <summary>
/// What a server showed of itself when it was asked questions whose answers say whether its numbers can be used. Nothing is assumed of a
/// server: one that gives other numbers than the model's own, or the same for everything, is refused.
/// </summary>
public sealed class ServerProof
{
    // What the arithmetic may move a log-probability by, from one request to the next.
    const double Noise = 0.5;
    const int UsualTokens = 4;

    readonly IServer _server;
    readonly List<int[]> _prompts = [];
    int[] _behind = [], _usual = [];
    double[] _usually = [];

    ServerProof(IServer server) => _server = server;

    /// <summary>Tells the model from others.</summary>
    public Fingerprint Fingerprint { get; private set; } = null!;

    /// <summary>The tokens that the vocabulary puts before a text by itself.</summary>
    public IReadOnlyList<ServedToken> Before { get; private set; } = [];

    /// <summary>How many tokens it puts behind one.</summary>
    public int Behind { get; private set; }

    /// <summary>Asks the server and judges what it returns.</summary>
    /// <exception cref="EndpointException">Kind <see cref="EndpointError.Unfit"/>: the reason why its numbers are of no use.</exception>
    public static async Task<ServerProof> OfAsync(IServer server, CancellationToken cancellation)
    {
        var proof = new ServerProof(server);
        await proof.FindEndsAsync(cancellation);
        await proof.FindTokensAsync(cancellation);
        await proof.AskAsync(cancellation);
        await proof.AskCachedAsync(cancellation);
        return proof;
    }

    /// <summary>Whether the model still answers as it did.</summary>
    /// <exception cref="EndpointException">The server does not answer; kind <see cref="EndpointError.Changed"/>: another model
    /// does.</exception>
    public async Task RequireSameAsync(CancellationToken cancellation)
    {
        if (await _server.DescribeAsync(cancellation) != _server.Model
            || !Fingerprint.AreSame(await NumbersAsync(new(_prompts[0], _usual, null), cancellation), _usually))
            throw new EndpointException(EndpointError.Changed, $"Another model stands behind the name {_server.Model.Name} than before. "
                + "What it answered since the last check is not stored. Put the model back and run the same command, or run it as it is "
                + "for a run of the other model's own.");
    }

    async Task FindEndsAsync(CancellationToken cancellation)
    {
        var text = ProbeQuestions.Prompts[0];
        var alone = await _server.TokenizeAsync(text, ends: false, control: false, cancellation);
        var whole = await _server.TokenizeAsync(text, ends: true, control: false, cancellation);
        var more = whole.Count - alone.Count;
        var before = Enumerable.Range(0, Math.Max(0, more) + 1)
            .FirstOrDefault(n => whole.Skip(n).Take(alone.Count).SequenceEqual(alone), -1);
        if (alone.Count == 0 || more < 0 || before < 0)
            throw Unfit("tokenises a text otherwise with its start token than without");
        (Before, Behind) = ([.. whole.Take(before)], more - before);
        if (Before.Count > 1 && Before.DistinctBy(t => t.Id).Count() < Before.Count)
            throw Unfit("puts its start token before a text twice");
    }

    async Task FindTokensAsync(CancellationToken cancellation)
    {
        foreach (var text in ProbeQuestions.Prompts)
        {
            var tokens = await _server.TokenizeAsync(text, ends: false, control: false, cancellation);
            _prompts.Add([.. Before.Concat(tokens).Select(t => t.Id)]);
        }
        var behind = new List<int>();
        foreach (var text in ProbeQuestions.Behind)
            behind.Add((await _server.TokenizeAsync(text, ends: false, control: false, cancellation))[^1].Id);
        _behind = [.. behind.Distinct()];
        if (_behind.Length < 3)
            throw Unfit("gives different texts the same tokens");
    }

    async Task AskAsync(CancellationToken cancellation)
    {
        List<double[]> all = [];
        foreach (var prompt in _prompts)
            all.Add(await NumbersAsync(new(prompt, _behind, null), cancellation));
        if (all.SelectMany(v => v).All(v => v == 0))
            throw Unfit("gives every token a log-probability of 0: it does not compute them, and every answer would be the same");
        if (all.TrueForAll(v => v.Max() - v.Min() < 1e-6))
            throw Unfit("gives all tokens behind a prompt the same log-probability, so every answer would be the same");
        if (all.TrueForAll(v => Apart(v, all[0]) < 1e-6))
            throw Unfit("answers every prompt alike: it repeats an answer, or does not look at the prompt");
        if (all.Any(v => v.Sum(Math.Exp) > 1.001))
            throw Unfit("gives tokens that exclude each other more probability than there is");
        if (Apart(await NumbersAsync(new(_prompts[0], _behind, null), cancellation), all[0]) > Noise)
            throw Unfit("answers the same prompt otherwise when it is asked again");
        if (Apart(await NumbersAsync(new(_prompts[0], _behind, null) { Oddly = true }, cancellation), all[0]) > Noise)
            throw Unfit("gives log-probabilities as they are after temperature or penalties, not as the model has them");
        // One token alone may be read in another way than among many.
        var likely = Enumerable.Range(1, _behind.Length - 1).MaxBy(i => all[0][i]);
        if (Apart(await NumbersAsync(new(_prompts[0], [_behind[likely]], null), cancellation), [all[0][likely]]) > Noise)
            throw Unfit("gives a token another log-probability when it is asked for alone");
        // Probable ones: a server lists them, and noise moves them least.
        var usual = all[0].Index().OrderByDescending(v => v.Item).Take(UsualTokens).ToList();
        (_usual, _usually) = ([.. usual.Select(v => _behind[v.Index])], [.. usual.Select(v => v.Item)]);
        Fingerprint = new(_server, _prompts, all.SelectMany(v => v));
    }

    // Prompts share their beginnings, which a server takes from its cache; some compute another number behind what they took.
    async Task AskCachedAsync(CancellationToken cancellation)
    {
        List<int[]> prompts = [];
        foreach (var ending in ProbeQuestions.Endings)
        {
            var tokens = await _server.TokenizeAsync(ProbeQuestions.Beginning + ending, ends: false, control: false, cancellation);
            prompts.Add([.. Before.Concat(tokens).Select(t => t.Id)]);
        }
        // In one slot, each behind the one before it, and the first once more.
        int? slot = _server.Model.Slots > 1 ? 0 : null;
        foreach (var prompt in prompts.Append(prompts[0]))
        {
            var cached = await NumbersAsync(new(prompt, _behind, slot), cancellation);
            var anew = await NumbersAsync(new(prompt, _behind, slot) { Anew = true }, cancellation);
            if (!Fingerprint.AreSame(cached, anew))
                throw Unfit("gives other log-probabilities behind a beginning that it has in its cache than behind the same one computed "
                    + "anew");
        }
    }

    async Task<double[]> NumbersAsync(NextQuestion question, CancellationToken cancellation)
    {
        NextTokens next;
        try
        {
            next = await _server.NextAsync(question, cancellation);
        }
        catch (EndpointException e) when (e.Kind == EndpointError.Prompt)
        {
            throw Unfit($"does not answer a simple prompt: {e.Message}");
        }
        return next.Problem(question) is { } problem ? throw Unfit(problem) : next.LogProbabilities;
    }

    // Of rare tokens a rounded probability says little.
    static double Apart(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(Math.Max(x, -12) - Math.Max(y, -12))).Max();

    /// <summary>Refuses a server's numbers.</summary>
    /// <param name="what">What the server does.</param>
    public static EndpointException Unfit(string what) => new(EndpointError.Unfit, $"The server's numbers cannot be used: it {what}.");
}
