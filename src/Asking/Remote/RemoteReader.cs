using LocalOpinions.Endpoints;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Asking.Remote;

/// <summary>Reads a prompt's labels or texts by asking a server what stands next, once per place where something is read.</summary>
sealed class RemoteReader(IServer server)
{
    long _bounds, _decoded;

    /// <summary>How many log-probabilities were only the most that they can be.</summary>
    public long Bounds => Volatile.Read(ref _bounds);

    /// <summary>How many tokens the server decoded, as it says, or those of all prompts.</summary>
    public long Decoded => Volatile.Read(ref _decoded);

    /// <param name="prompt">The prompt.</param>
    /// <param name="slot">As <see cref="NextQuestion.Slot"/>.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="EndpointException">The server does not answer.</exception>
    public async Task<PromptScore> ReadAsync(TokenizedPrompt prompt, int? slot, CancellationToken cancellation)
    {
        try
        {
            if (prompt.Texts is not { } texts)
                return await ReadLabelsAsync(prompt, slot, cancellation);
            var sums = await ReadTextsAsync(prompt.Tokens, texts.Tokens, slot, cancellation);
            var domain = texts.Domain.Length == 0 ? null : await ReadTextsAsync(texts.Domain, texts.Tokens, slot, cancellation);
            return PromptScore.OfTexts(prompt, sums, domain);
        }
        catch (EndpointException e) when (e.Kind == EndpointError.Prompt)
        {
            return PromptScore.None(prompt, e.Message);
        }
    }

    async Task<PromptScore> ReadLabelsAsync(TokenizedPrompt prompt, int? slot, CancellationToken cancellation)
    {
        int[] wanted = [.. prompt.LabelTokens.SelectMany(t => t)];
        var next = await NextAsync(prompt.Tokens, wanted, slot, cancellation);
        var (labels, from) = (new double[prompt.LabelTokens.Length], 0);
        for (var i = 0; i < labels.Length; from += prompt.LabelTokens[i++].Length)
            labels[i] = LogSumExp.OfDoubles(next.AsSpan(from, prompt.LabelTokens[i].Length));
        return PromptScore.Of(prompt, labels);
    }

    // Texts that begin alike are asked about once, as far as they do.
    async Task<double[]> ReadTextsAsync(int[] context, int[][] texts, int? slot, CancellationToken cancellation)
    {
        var sums = new double[texts.Length];
        var places = texts.SelectMany((text, i) => text.Select((token, at) => (Text: i, Before: text[..at], Token: token)))
            .GroupBy(p => string.Join(' ', p.Before)).OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var place in places)
        {
            int[] wanted = [.. place.Select(p => p.Token).Distinct()];
            var next = await NextAsync([.. context, .. place.First().Before], wanted, slot, cancellation);
            foreach (var (text, _, token) in place)
                sums[text] += next[Array.IndexOf(wanted, token)];
        }
        return sums;
    }

    async Task<double[]> NextAsync(int[] prompt, int[] wanted, int? slot, CancellationToken cancellation)
    {
        var question = new NextQuestion(prompt, wanted, slot);
        var next = await server.NextAsync(question, cancellation);
        if (next.Problem(question) is { } problem)
            throw ServerProof.Unfit(problem);
        Interlocked.Add(ref _bounds, next.Bounds);
        Interlocked.Add(ref _decoded, next.Decoded ?? prompt.Length);
        return next.LogProbabilities;
    }
}
