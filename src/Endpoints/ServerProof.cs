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

    internal const string Zeros = "gives every token a log-probability of 0: it does not compute them, and every answer would be the same",
        AllAlike = "gives all tokens behind a prompt the same log-probability, so every answer would be the same",
        TooMuch = "gives tokens that exclude each other more probability than there is";

    static readonly HashSet<int> s_none = [], s_first = [0];

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

    /// <summary>
    /// Why the log-probabilities of a text behind a prompt are not to be had by <see cref="IServer.EchoAsync"/>, as what the server does;
    /// null where they are.
    /// </summary>
    public string? EchoProblem { get; private set; }

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
        var (described, numbers) = (_server.DescribeAsync(cancellation), NumbersAsync(new(_prompts[0], _usual, null), cancellation));
        await Task.WhenAny(Task.WhenAll(described, numbers));
        if (await described != _server.Model || !Fingerprint.AreSame(await numbers, _usually))
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
        _prompts.AddRange(await PromptsAsync(ProbeQuestions.Prompts, cancellation));
        _behind = [.. (await TokenizeAsync(ProbeQuestions.Behind, cancellation)).Select(t => t[^1].Id).Distinct()];
        if (_behind.Length < 3)
            throw Unfit("gives different texts the same tokens");
    }

    async Task<int[][]> PromptsAsync(IEnumerable<string> texts, CancellationToken cancellation) =>
        [.. (await TokenizeAsync(texts, cancellation)).Select(t => Before.Concat(t).Select(one => one.Id).ToArray())];

    // All at the same time: a far server takes a while for each.
    Task<IReadOnlyList<ServedToken>[]> TokenizeAsync(IEnumerable<string> texts, CancellationToken cancellation) =>
        Task.WhenAll(texts.Select(t => _server.TokenizeAsync(t, ends: false, control: false, cancellation)));

    async Task AskAsync(CancellationToken cancellation)
    {
        List<NextTokens> all = [];
        foreach (var prompt in _prompts)
            all.Add(await NextAsync(new(prompt, _behind, null), cancellation));
        RequireNumbers(all);
        var (first, question) = (all[0], new NextQuestion(_prompts[0], _behind, null));
        if (Apart(await NextAsync(question, cancellation), first) > Noise)
            throw Unfit("answers the same prompt otherwise when it is asked again");
        if (Apart(await NextAsync(question with { Oddly = true }, cancellation), first) > Noise)
            throw Unfit("gives log-probabilities as they are after temperature or penalties, not as the model has them");
        // One token alone may be read in another way than among many.
        var likely = Enumerable.Range(1, _behind.Length - 1).MaxBy(i => first.LogProbabilities[i]);
        var alone = await NextAsync(question with { Wanted = [_behind[likely]] }, cancellation);
        var among = first with
        {
            LogProbabilities = [first.LogProbabilities[likely]],
            Bounds = first.Bounds.Contains(likely) ? s_first : s_none,
        };
        if (Apart(alone, among) > Noise)
            throw Unfit("gives a token another log-probability when it is asked for alone");
        EchoProblem = await EchoProblemAsync(all, cancellation);
        // Probable ones: a server lists them, and noise moves them least.
        var usual = first.LogProbabilities.Index().OrderByDescending(v => v.Item).Take(UsualTokens).ToList();
        (_usual, _usually) = ([.. usual.Select(v => _behind[v.Index])], [.. usual.Select(v => v.Item)]);
        Fingerprint = new(_server, _prompts, all.SelectMany(v => v.LogProbabilities));
    }

    static void RequireNumbers(List<NextTokens> all)
    {
        if (all.SelectMany(v => v.LogProbabilities).All(v => v == 0))
            throw Unfit(Zeros);
        if (all.TrueForAll(v => Apart(v.LogProbabilities, all[0].LogProbabilities) < 1e-6))
            throw Unfit(all[0].LogProbabilities.Max() - all[0].LogProbabilities.Min() < 1e-6 && all[0].Bounds.Count == 0 ? AllAlike
                : "answers every prompt alike: it repeats an answer, or does not look at the prompt");
        if (all.TrueForAll(v => v.Bounds.Count == v.LogProbabilities.Length))
            throw Unfit("lists too few of the most probable tokens: none that was asked about is among them");
        if (all.TrueForAll(v => v.LogProbabilities.Max() - v.LogProbabilities.Min() < 1e-6))
            throw Unfit(AllAlike);
        if (all.Exists(v => v.LogProbabilities.Where((_, i) => !v.Bounds.Contains(i)).Sum(Math.Exp) > 1.001))
            throw Unfit(TooMuch);
    }

    // What a prompt's own token gets must be what the same token got as the next one.
    async Task<string?> EchoProblemAsync(List<NextTokens> all, CancellationToken cancellation)
    {
        for (var i = 0; i < all.Count; i++)
        {
            var known = Enumerable.Range(0, _behind.Length).Except(all[i].Bounds).ToList();
            if (known.Count == 0)
                continue;
            var token = known.MaxBy(t => all[i].LogProbabilities[t]);
            NextTokens? echoed;
            try
            {
                echoed = await _server.EchoAsync(_prompts[i], [_behind[token]], cancellation);
            }
            catch (EndpointException e) when (e.Kind == EndpointError.Prompt)
            {
                return $"gives no log-probabilities of a prompt's own tokens: {e.Message}";
            }
            if (echoed is null || echoed.LogProbabilities.Length == 0 || echoed.LogProbabilities.Any(double.IsNaN))
                return "gives no log-probabilities of a prompt's own tokens";
            if (echoed.LogProbabilities.All(v => v == 0))
                return "gives a prompt's own tokens a log-probability of 0 each: it does not compute them";
            if (Math.Abs(echoed.LogProbabilities.Sum() - all[i].LogProbabilities[token]) > Noise)
                return "gives a prompt's last token another log-probability than it gave the same token as the next one";
        }
        return null;
    }

    // Prompts share their beginnings, which a server takes from its cache; some compute another number behind what they took.
    async Task AskCachedAsync(CancellationToken cancellation)
    {
        var prompts = await PromptsAsync(ProbeQuestions.Endings.Select(e => ProbeQuestions.Beginning + e), cancellation);
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

    async Task<double[]> NumbersAsync(NextQuestion question, CancellationToken cancellation) =>
        (await NextAsync(question, cancellation)).LogProbabilities;

    async Task<NextTokens> NextAsync(NextQuestion question, CancellationToken cancellation)
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
        return next.Problem(_server.IsByText ? null : question.Prompt.Length) is { } problem ? throw Unfit(problem) : next;
    }

    // What is only bounded is apart from a number that exceeds the bound, by so much at least; two bounds are not.
    static double Apart(NextTokens a, NextTokens b) => Enumerable.Range(0, a.LogProbabilities.Length).Max(i =>
        (a.Bounds.Contains(i), b.Bounds.Contains(i)) switch
        {
            (false, false) => Apart([a.LogProbabilities[i]], [b.LogProbabilities[i]]),
            (false, true) => Math.Max(0, a.LogProbabilities[i] - b.LogProbabilities[i]),
            (true, false) => Math.Max(0, b.LogProbabilities[i] - a.LogProbabilities[i]),
            _ => 0,
        });

    // Of rare tokens a rounded probability says little.
    static double Apart(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(Math.Max(x, -12) - Math.Max(y, -12)))
        .DefaultIfEmpty().Max();

    /// <summary>Refuses a server's numbers.</summary>
    /// <param name="what">What the server does.</param>
    public static EndpointException Unfit(string what) => new(EndpointError.Unfit, $"The server's numbers cannot be used: it {what}.");
}
