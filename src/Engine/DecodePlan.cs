namespace LocalOpinions.Engine;

/// <summary>The prompts of one llama_decode call, each on a sequence of its own, and the tokens that fill it up.</summary>
/// <param name="Prompts">The prompts, in sequence order.</param>
/// <param name="Padding">Throw-away tokens on a further sequence, so that no ubatch falls below <see cref="DecodePlan.SmallestUbatch"/>.</param>
sealed record DecodeGroup(IReadOnlyList<TokenizedPrompt> Prompts, int Padding)
{
    public int Tokens => Prompts.Sum(p => p.Tokens.Length) + Padding;

    public int Sequences => Prompts.Count + (Padding > 0 ? 1 : 0);
}

/// <summary>Packs prompts into decodes.</summary>
static class DecodePlan
{
    /// <summary>Tokens per ubatch: a decode of this size runs at llama.cpp's full prompt rate.</summary>
    public const int Ubatch = 512;

    /// <summary>Below this many query tokens the CPU's flash attention takes another kernel, with other rounding (ggml-cpu, GGML_FA_TILE_Q).</summary>
    public const int SmallestUbatch = 64;

    /// <summary>Prompts per decode; every one costs a row of logits.</summary>
    public const int MaxPrompts = 64;

    // Packing looks at this many prompts at a time, so that answers come out in about the order of the questions.
    const int Window = 1024;

    /// <summary>Every prompt by itself, unpadded: what --exact decodes.</summary>
    public static List<DecodeGroup> OneByOne(IReadOnlyList<TokenizedPrompt> prompts) => [.. prompts.Select(p => new DecodeGroup([p], 0))];

    /// <summary>
    /// Best-fit decreasing into decodes of <see cref="Ubatch"/> tokens. In a shared cache every token attends to all
    /// cells in use, so a decode holds one ubatch and no more; only a prompt longer than that has several.
    /// </summary>
    public static List<DecodeGroup> Packed(IReadOnlyList<TokenizedPrompt> prompts)
    {
        var groups = new List<DecodeGroup>();
        for (var start = 0; start < prompts.Count; start += Window)
            groups.AddRange(PackWindow(prompts.Skip(start).Take(Window)).Select(Padded));
        return groups;
    }

    static List<List<TokenizedPrompt>> PackWindow(IEnumerable<TokenizedPrompt> window)
    {
        var bins = new List<(List<TokenizedPrompt> Prompts, int Free)>();
        foreach (var prompt in window.OrderByDescending(p => p.Tokens.Length))
        {
            var best = -1;
            for (var i = 0; i < bins.Count; i++)
            {
                if (bins[i].Free >= prompt.Tokens.Length && bins[i].Prompts.Count < MaxPrompts && (best < 0 || bins[i].Free < bins[best].Free))
                    best = i;
            }
            if (best < 0)
            {
                best = bins.Count;
                bins.Add(([], Ubatch));
            }
            bins[best].Prompts.Add(prompt);
            bins[best] = (bins[best].Prompts, bins[best].Free - prompt.Tokens.Length);
        }
        return [.. bins.Select(b => b.Prompts)];
    }

    static DecodeGroup Padded(List<TokenizedPrompt> prompts)
    {
        var last = prompts.Sum(p => p.Tokens.Length) % Ubatch;
        return new(prompts, last is > 0 and < SmallestUbatch ? SmallestUbatch - last : 0);
    }
}
