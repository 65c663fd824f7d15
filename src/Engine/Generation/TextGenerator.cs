using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Generation;

/// <summary>Lets a model write, to look at what a prompt makes it say. Answers never come from this.</summary>
/// <remarks>
/// Many texts at once: prompts are decoded with their shared prefixes, every text branches from its prompt's sequence, and one decode per
/// token goes on with all that have not ended. The same prompts, request and threads give the same texts to the last character; with others
/// beside it, a text may differ where rounding decides between two tokens.
/// </remarks>
public static class TextGenerator
{
    // Cells of the cache that a group of texts may need; only a single prompt's may need more.
    const int MostCells = 8192;
    const int Height = 4;
    const int MostLeaves = 64;

    /// <summary>Writes the texts, group by group, in the order of the prompts.</summary>
    /// <param name="model">The model; must outlive the enumeration.</param>
    /// <param name="prompts">The prompts, without texts of their own; none so long that the text behind it would not fit the model's
    /// context.</param>
    /// <param name="request">What to write.</param>
    /// <param name="precise">F32 cache and no flash attention.</param>
    /// <param name="threads">Native threads.</param>
    /// <param name="cancellation">Ends the enumeration between two decodes.</param>
    /// <exception cref="EngineException">A prompt is too long, or llama.cpp failed.</exception>
    public static IEnumerable<GeneratedText> Generate(
        Model model, IReadOnlyList<TokenizedPrompt> prompts, GenerationRequest request, bool precise, int threads,
        CancellationToken cancellation = default)
    {
        request.Sampling.Require();
        ArgumentOutOfRangeException.ThrowIfLessThan(request.MostTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Sequences, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Sequences, GenerationRequest.MostSequences);
        if (request.Stops.Any(s => s.Length == 0))
            throw new ArgumentException("An empty string would stop every text at once.", nameof(request));
        if (prompts.FirstOrDefault(p => p.Tokens.Length + request.MostTokens > model.ContextLength) is { } longest)
        {
            throw new EngineException(EngineError.Prompt,
                $"a prompt of {longest.Tokens.Length:N0} tokens and {request.MostTokens:N0} tokens behind it are longer than the model's "
                    + $"context of {model.ContextLength:N0}. Ask for shorter texts.")
            {
                Remedy = EngineRemedy.FewerTokens,
            };
        }
        foreach (var group in Groups(prompts, request, model.HasStates ? 16 : GenerationRequest.MostSequences))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var text in Write(model, group, request, precise, threads, cancellation))
                yield return text;
        }
    }

    static IEnumerable<List<TokenizedPrompt>> Groups(IReadOnlyList<TokenizedPrompt> prompts, GenerationRequest request, int mostTexts)
    {
        List<TokenizedPrompt> group = [];
        var cells = 0;
        foreach (var prompt in prompts)
        {
            var more = prompt.Tokens.Length + request.Sequences * request.MostTokens;
            if (group.Count > 0 && (cells + more > MostCells || (group.Count + 1) * request.Sequences > mostTexts))
            {
                yield return group;
                (group, cells) = ([], 0);
            }
            group.Add(prompt);
            cells += more;
        }
        if (group.Count > 0)
            yield return group;
    }

    static IEnumerable<GeneratedText> Write(Model model, List<TokenizedPrompt> prompts, GenerationRequest request, bool precise,
        int threads, CancellationToken cancellation)
    {
        var levels = Levels(PrefixTrie.Build(TokenPath.Of(prompts), Height));
        var sequences = 0;
        foreach (var segment in levels.SelectMany(l => l))
            segment.Sequence = sequences++;
        var texts = prompts.Count * request.Sequences;
        var shape = new ContextShape(
            Tokens: Math.Max(texts, levels.SelectMany(l => l).Max(s => Math.Max(s.Length, DecodePlan.Ubatch))),
            Cells: levels.Sum(l => l.Sum(s => s.Length)) + texts * request.MostTokens,
            Sequences: sequences + texts, Rows: Math.Max(texts, MostLeaves), DecodePlan.Ubatch);
        using var context = new DecodeContext(model, shape, precise, threads);
        using var stop = cancellation.Register(context.Abort);

        var rows = new float[(long)shape.Rows * model.Vocabulary.Size];
        List<Draft> drafts = [];
        foreach (var decode in levels.SelectMany(l => Packing.InOrder(l, DecodePlan.Ubatch, MostLeaves, shape.Rows)))
        {
            context.Branch(decode, rows);
            var row = 0;
            foreach (var segment in decode.Where(s => s.IsLeaf))
            {
                for (var i = 0; i < request.Sequences; i++)
                {
                    var draft = new Draft(segment.Path.Owners[0].Prompt, i, sequences++, request, model.Vocabulary);
                    context.Copy(segment.Sequence, draft.Sequence);
                    draft.Add(Row(row));
                    drafts.Add(draft);
                }
                row++;
            }
        }
        // One order whatever the tree: that of the prompts.
        var order = prompts.Select((p, i) => (p.Key, i)).ToDictionary(p => p.Key, p => p.i);
        for (var open = drafts.Where(d => d.Done is null).ToList(); open.Count > 0; open.RemoveAll(d => d.Done is not null))
        {
            cancellation.ThrowIfCancellationRequested();
            context.Step([.. open.Select(d => (d.Token, d.Position, d.Sequence))], rows);
            for (var i = 0; i < open.Count; i++)
                open[i].Add(Row(i));
        }
        return drafts.Select(d => d.Done!).OrderBy(t => order[t.Key]).ThenBy(t => t.Sequence);

        ReadOnlySpan<float> Row(int i) => rows.AsSpan(i * model.Vocabulary.Size, model.Vocabulary.Size);
    }

    /// <summary>Shared prefixes before what branches from them.</summary>
    static List<List<Segment>> Levels(IReadOnlyList<Segment> roots)
    {
        List<List<Segment>> levels = [];
        for (List<Segment> level = [.. roots]; level.Count > 0; level = [.. level.SelectMany(s => s.Children)])
            levels.Add(level);
        return levels;
    }
}
