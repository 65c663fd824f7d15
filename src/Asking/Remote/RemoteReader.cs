using LocalOpinions.Endpoints;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Asking.Remote;

/// <summary>
/// Reads a prompt's labels or texts by asking a server what stands next, once per place where something is read; or, where that is fewer
/// requests or the only way, by prompts that end with them.
/// </summary>
sealed class RemoteReader(IServer server, ServerProof proof) : IRemoteReader
{
    // Of a label's probability: what is less says nothing of it.
    const double Negligible = 1e-6;

    long _decoded;

    public long Decoded => Volatile.Read(ref _decoded);

    /// <summary>Whether anything was only the most that it can be.</summary>
    public bool HasBounds { get; private set; }

    public async Task<PromptScore> ReadAsync(TokenizedPrompt prompt, Where where, CancellationToken cancellation)
    {
        try
        {
            if (prompt.Texts is not { } texts)
                return await ReadLabelsAsync(prompt, where, cancellation);
            var read = await ReadTextsAsync(prompt.Tokens, texts.Tokens, where, cancellation);
            var domain = texts.Domain.Length == 0 ? null : await ReadTextsAsync(texts.Domain, texts.Tokens, where, cancellation);
            var score = PromptScore.OfTexts(prompt, read.Sums, domain?.Sums);
            // Bounds of numerals are bounds of no option.
            if (server.IsByText)
                score = score with { Tokens = read.PromptTokens ?? 0 };
            return WithBounds(texts.Numbers > 0 ? score : score with { Texts = score.Texts! with { Tokens = read.Tokens } },
                texts.Numbers > 0 ? [] : read.Bounds);
        }
        catch (EndpointException e) when (e.Kind == EndpointError.Prompt)
        {
            return PromptScore.None(prompt, e.Message);
        }
    }

    async Task<PromptScore> ReadLabelsAsync(TokenizedPrompt prompt, Where where, CancellationToken cancellation)
    {
        int[] wanted = [.. prompt.LabelTokens.SelectMany(t => t)];
        var next = await NextAsync(prompt.Tokens, wanted, where, cancellation);
        var (labels, bounds, from) = (new double[prompt.LabelTokens.Length], new List<int>(), 0);
        for (var i = 0; i < labels.Length; from += prompt.LabelTokens[i++].Length)
        {
            var values = next.LogProbabilities.AsSpan(from, prompt.LabelTokens[i].Length);
            labels[i] = LogSumExp.OfDoubles(values);
            var bounded = 0.0;
            for (var t = 0; t < values.Length; t++)
                bounded += next.Bounds.Contains(from + t) ? Math.Exp(values[t] - labels[i]) : 0;
            if (bounded > Negligible)
                bounds.Add(i);
        }
        var score = PromptScore.Of(prompt, labels);
        // What was asked by text has the tokens that the server counts, if it does.
        return WithBounds(server.IsByText ? score with { Tokens = next.PromptTokens ?? 0 } : score, bounds);
    }

    Task<TextSums> ReadTextsAsync(int[] context, int[][] texts, Where where, CancellationToken cancellation)
    {
        var places = texts.SelectMany((text, i) => text.Select((token, at) => (Text: i, Before: text[..at], Token: token)))
            .GroupBy(p => string.Join(' ', p.Before)).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (proof.EchoProblem is { } problem)
            return !server.IsByText ? ByPlacesAsync() : throw new EndpointException(EndpointError.Prompt,
                $"its texts are more than one token each, and the server {problem}");
        return server.IsByText || texts.Length <= places.Count ? EchoedAsync(context, texts, cancellation) : ByPlacesAsync();

        // Texts that begin alike are asked about once, as far as they do.
        async Task<TextSums> ByPlacesAsync()
        {
            var sums = new TextSums(new double[texts.Length], [.. texts.Select(t => t.Length)], []);
            foreach (var place in places)
            {
                int[] wanted = [.. place.Select(p => p.Token).Distinct()];
                var next = await NextAsync([.. context, .. place.First().Before], wanted, where, cancellation);
                foreach (var (text, _, token) in place)
                {
                    var at = Array.IndexOf(wanted, token);
                    sums.Sums[text] += next.LogProbabilities[at];
                    if (next.Bounds.Contains(at))
                        sums.Bounds.Add(text);
                }
            }
            return sums;
        }
    }

    async Task<TextSums> EchoedAsync(int[] context, int[][] texts, CancellationToken cancellation)
    {
        var sums = new TextSums(new double[texts.Length], new int[texts.Length], []);
        for (var i = 0; i < texts.Length; i++)
        {
            var text = await EchoAsync(context, texts[i], cancellation);
            (sums.Sums[i], sums.Tokens[i]) = (text.LogProbabilities.Sum(), text.LogProbabilities.Length);
            sums = sums with { PromptTokens = text.PromptTokens };
            if (text.Bounds.Count > 0)
                sums.Bounds.Add(i);
        }
        return sums;
    }

    async Task<NextTokens> NextAsync(int[] prompt, int[] wanted, Where where, CancellationToken cancellation)
    {
        var next = Proven(await server.NextAsync(new(prompt, wanted, where.Slot) { Anew = where.Anew }, cancellation), prompt);
        if (next.Bounds.Count == 0 || proof.EchoProblem is not null)
            return next;
        // What it does not list it tells where it is asked behind the prompt.
        var found = (double[])next.LogProbabilities.Clone();
        HashSet<int> bounds = [];
        foreach (var i in next.Bounds)
        {
            var echoed = await EchoAsync(prompt, [wanted[i]], cancellation);
            found[i] = echoed.LogProbabilities.Sum();
            if (echoed.Bounds.Count > 0)
                bounds.Add(i);
        }
        return next with { LogProbabilities = found, Bounds = bounds };
    }

    async Task<NextTokens> EchoAsync(int[] prompt, int[] text, CancellationToken cancellation) =>
        Proven(await server.EchoAsync(prompt, text, cancellation)
            ?? throw ServerProof.Unfit("gives no log-probabilities of a prompt's own tokens any more"), prompt);

    NextTokens Proven(NextTokens next, int[] prompt)
    {
        if (next.Problem(server.IsByText ? null : prompt.Length) is { } problem)
            throw ServerProof.Unfit(problem);
        Interlocked.Add(ref _decoded, next.Decoded ?? next.PromptTokens ?? prompt.Length);
        return next;
    }

    PromptScore WithBounds(PromptScore score, ICollection<int> bounds)
    {
        if (bounds.Count == 0 || score.Problem is not null)
            return score;
        HasBounds = true;
        return score with { Bounds = new([.. bounds.Order()], Math.Min(1, bounds.Sum(i => Math.Exp(score.LogProbabilities[i])))) };
    }

    /// <param name="Sums">Of each text the log-probability.</param>
    /// <param name="Tokens">Of each how many tokens it has.</param>
    /// <param name="Bounds">Of which that is only the most that it can be.</param>
    sealed record TextSums(double[] Sums, int[] Tokens, HashSet<int> Bounds)
    {
        /// <summary>How many tokens the server counts before them; null where it does not.</summary>
        public int? PromptTokens { get; init; }
    }
}
