using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Engine.Planning;

/// <summary>How prompts are put together into decodes.</summary>
/// <param name="DecodeTokens">Tokens per decode, which is one ubatch; only a longer prompt has several. At least
/// <see cref="DecodePlan.SmallestUbatch"/>.</param>
/// <param name="Prompts">Prompts, or texts behind a prompt, per decode.</param>
/// <param name="Prefixes">Shared prefixes per decode.</param>
/// <param name="Height">The most shared prefixes on the way to a prompt's rest; 0 shares nothing. Prefixes x Height + Prompts + 1 must not
/// exceed llama.cpp's 256 sequences.</param>
/// <param name="Rows">Rows of logits per decode, each as long as the vocabulary; only a text of more tokens has more.</param>
/// <param name="PrefixTokens">Tokens per decode of shared prefixes; only a longer prefix has more. What branches from one of them reads the
/// cells of all.</param>
public sealed record PlanShape(int DecodeTokens = DecodePlan.Ubatch, int Prompts = 128, int Prefixes = 31,
    int Height = PlanShape.UsualHeight, int Rows = DecodePlan.Ubatch, int PrefixTokens = DecodePlan.Ubatch / 2)
{
    const int UsualHeight = 4;

    /// <summary>The most tokens per decode.</summary>
    public const int MostTokens = 8192;

    // No slower than 4,096 and 8,192 on the one card that was tried (benchmarks/results/NVIDIA-H200), and less memory.
    const int GpuTokens = 2048;

    // 64 MB of logits; on a GPU, whose decodes are larger, 256 MB.
    const int MostLogits = 16 << 20, MostGpuLogits = 64 << 20;

    /// <summary>
    /// Everything shared that pays, for a model where it lies: a large vocabulary's logits and a recurrent model's states bound the prompts
    /// per decode; a GPU takes more tokens at once, and more short branches.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="tokens">Tokens per decode, from <see cref="DecodePlan.SmallestUbatch"/> to <see cref="MostTokens"/>; null to
    /// choose.</param>
    public static PlanShape For(Model model, int? tokens = null)
    {
        var rows = Math.Clamp((model.OnCpu ? MostLogits : MostGpuLogits) / model.Vocabulary.Size, 16, DecodePlan.Ubatch);
        var ubatch = tokens ?? (model.OnCpu ? DecodePlan.Ubatch : Fitting(model.Header, rows, model.RoomBesideWeights));
        var shape = new PlanShape(ubatch, Math.Min(rows, 128), Rows: rows, PrefixTokens: ubatch / 2);
        if (model.HasStates)
            return shape with { Prompts = 32, Prefixes = 16 };
        return model.OnCpu ? shape : shape with { Prompts = Math.Min(rows, 191), Prefixes = 16 };
    }

    /// <summary>
    /// Tokens per decode on a GPU whose memory bounds them: half of what the weights leave goes to a context's cache and logits, the other
    /// half to working space and a second context. The whole of the card counts and not what is free just now, so that one run has one
    /// shape however often it goes on.
    /// </summary>
    /// <param name="header">The model.</param>
    /// <param name="rows">Rows of logits per decode.</param>
    /// <param name="room">Bytes beside the weights; null where nobody knows.</param>
    internal static int Fitting(ModelHeader header, int rows, long? room)
    {
        var tokens = GpuTokens;
        while (tokens > DecodePlan.Ubatch && Needed(tokens) > room / 2)
            tokens /= 2;
        return tokens;

        // A decode of branches, and half as many tokens of prefixes on each step down to them.
        long Needed(int most) => ContextMemory.Cache(header, most + (long)most / 2 * UsualHeight, Arithmetic.Usual)
            + ContextMemory.Logits(header, rows);
    }
}
