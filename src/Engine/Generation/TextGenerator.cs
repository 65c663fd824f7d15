using System.Diagnostics;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Engine.Generation;

/// <summary>Lets a model write on from prompts.</summary>
/// <remarks>
/// Many texts at once: prompts are decoded with their shared prefixes, every text branches from its prompt's sequence, and one decode per
/// token goes on with all that have not ended. The same prompts, request and threads give the same texts to the last character; with others
/// beside it, a text may differ where rounding decides between two tokens.
/// </remarks>
public static class TextGenerator
{
    const int Height = 4;
    const int MostLeaves = 64;

    /// <summary>Writes the texts, group by group, in the order of the prompts.</summary>
    /// <param name="model">The model; must outlive the enumeration.</param>
    /// <param name="prompts">The prompts, without texts of their own; none so long that the text behind it would not fit the model's
    /// context.</param>
    /// <param name="request">What to write.</param>
    /// <param name="arithmetic">How attention is computed.</param>
    /// <param name="threads">Native threads.</param>
    /// <param name="cancellation">Ends the enumeration between two decodes.</param>
    /// <exception cref="EngineException">A prompt is too long, or llama.cpp failed.</exception>
    public static IEnumerable<GeneratedText> Generate(
        Model model, IReadOnlyList<TokenizedPrompt> prompts, GenerationRequest request, Arithmetic arithmetic, int threads,
        CancellationToken cancellation = default) =>
        Generate(model, GenerationPlan.Of(model, prompts, request, singly: false), _ => true, arithmetic, threads, cancellation);

    /// <summary>Writes texts of a plan. Groups of which none is wanted are left out, and the others come out as with them.</summary>
    /// <param name="model">The model; must outlive the enumeration.</param>
    /// <param name="plan">Which texts are written together.</param>
    /// <param name="wanted">The prompts, by key, that are to be written on from.</param>
    /// <param name="arithmetic">How attention is computed.</param>
    /// <param name="threads">Native threads.</param>
    /// <param name="cancellation">Ends the enumeration between two decodes.</param>
    /// <exception cref="EngineException">llama.cpp failed.</exception>
    public static IEnumerable<GeneratedText> Generate(
        Model model, GenerationPlan plan, Predicate<int> wanted, Arithmetic arithmetic, int threads,
        CancellationToken cancellation = default)
    {
        foreach (var group in plan.Groups.Select(g => g.Where(p => wanted(p.Key)).ToList()).Where(g => g.Count > 0))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var text in Write(model, group, plan.Request, new(arithmetic, threads), cancellation))
                yield return text;
        }
    }

    /// <summary>Writes the texts of one group, in the order of the prompts.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static IReadOnlyList<GeneratedText> Write(Model model, IReadOnlyList<TokenizedPrompt> prompts, GenerationRequest request,
        ScorerOptions options, CancellationToken cancellation)
    {
        var times = options.Times;
        var levels = Levels(PrefixTrie.Build(TokenPath.Of(prompts), Height));
        var sequences = 0;
        foreach (var segment in levels.SelectMany(l => l))
            segment.Sequence = sequences++;
        var texts = prompts.Count * request.Sequences;
        var shape = new ContextShape(
            Tokens: Math.Max(texts, levels.SelectMany(l => l).Max(s => Math.Max(s.Length, DecodePlan.Ubatch))),
            Cells: levels.Sum(l => l.Sum(s => s.Length)) + texts * request.MostTokens,
            Sequences: sequences + texts, Rows: Math.Max(texts, MostLeaves), DecodePlan.Ubatch);
        using var context = new DecodeContext(model, shape, options.Arithmetic, options.Threads);
        using var stop = cancellation.Register(context.Abort);

        var rows = new float[(long)shape.Rows * model.Vocabulary.Size];
        List<Draft> drafts = [];
        foreach (var decode in levels.SelectMany(l => Packing.InOrder(l, DecodePlan.Ubatch, MostLeaves, shape.Rows)))
        {
            Timed(() => context.Branch(decode, rows));
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
            Timed(() => context.Step([.. open.Select(d => (d.Token, d.Position, d.Sequence))], rows));
            for (var i = 0; i < open.Count; i++)
                open[i].Add(Row(i));
        }
        return [.. drafts.Select(d => d.Done!).OrderBy(t => order[t.Key]).ThenBy(t => t.Sequence)];

        void Timed(Action decode)
        {
            var before = context.DecodedTokens;
            times?.BeginDecode(Stopwatch.GetTimestamp());
            try
            {
                decode();
            }
            finally
            {
                times?.EndDecode(Stopwatch.GetTimestamp(), context.DecodedTokens - before);
            }
        }

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
