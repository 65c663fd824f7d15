namespace LocalOpinions.Engine.Gguf;

/// <summary>
/// Says why a well-formed GGUF file cannot answer, or would end the process inside llama.cpp, which checks much of this with assertions
/// only.
/// </summary>
static class ModelCheck
{
    // llama.cpp b10361, llama-hparams.h.
    const int MostLayers = 512, MostExperts = 512;

    static readonly HashSet<string> s_encoders =
        ["bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2", "jina-bert-v3", "eurobert", "gemma-embedding",
            "llama-embed", "t5encoder"];

    static readonly HashSet<string> s_diffusion = ["dream", "llada", "llada-moe", "rnd1"];

    static readonly HashSet<string> s_drafts = ["eagle3", "dflash", "gemma4-assistant"];

    static readonly HashSet<string> s_speech = ["wavtokenizer-dec", "qwen3tts", "pockettts"];

    static readonly HashSet<string> s_ropeScalings = ["none", "linear", "yarn", "longrope"];

    /// <summary>The reason, as "it is an encoder"; null for a model that may be loaded.</summary>
    public static string? WhyUnusable(GgufHeader header, string architecture)
    {
        return WhyOfAnotherKind(header, architecture) ?? WhyImpossible(header, architecture) ?? ListCheck.WhyUnusable(header, architecture)
            ?? VocabularyCheck.WhyUnusable(header);
    }

    static string? WhyOfAnotherKind(GgufHeader header, string architecture) => header.Text("general.type") switch
    {
        "adapter" => "it is an adapter (LoRA), not a model; merge it into its model and convert that",
        "mmproj" => Projector,
        "imatrix" => "it holds statistics for quantising (imatrix), not a model",
        _ when architecture == "clip" => Projector,
        _ when s_encoders.Contains(architecture) || header.Flag($"{architecture}.attention.causal") == false
            && !s_diffusion.Contains(architecture) =>
            $"it is an encoder ({architecture}) and has no next-token logits; use a text-generation model",
        _ when architecture == "t5" =>
            $"it has an encoder ({architecture}); only decoder models have the next-token logits that answers are read from",
        _ when s_diffusion.Contains(architecture) => $"it is a diffusion model ({architecture}) and has no next-token logits",
        _ when s_drafts.Contains(architecture) =>
            $"it is a draft for speculative decoding ({architecture}), which works only beside its full model; use that",
        _ when s_speech.Contains(architecture) => $"it makes sound ({architecture}), not text",
        _ => null,
    };

    const string Projector = "it is a projector (mmproj), which feeds images or sound to another model; give that model's own file";

    static string? WhyImpossible(GgufHeader header, string architecture)
    {
        long? Of(string key) => header.Integer($"{architecture}.{key}");
        var layers = Of("block_count");
        var experts = Of("expert_count") ?? 0;
        var used = header.Integers($"{architecture}.expert_used_count").DefaultIfEmpty(0).Max();
        var groups = Of("expert_group_count") ?? 0;
        return layers switch
        {
            not null and not (> 0 and <= MostLayers) => $"it claims {layers:N0} layers; 1 to {MostLayers} are possible",
            _ when Of("nextn_predict_layers") > layers => "it claims more prediction layers than layers",
            _ when Of("embedding_length") is <= 0 or > int.MaxValue => "it claims embeddings of an impossible length",
            _ when Of("context_length") is <= 0 or > int.MaxValue => "it claims a context of an impossible length",
            _ when experts is < 0 or > MostExperts => $"it claims {experts:N0} experts; at most {MostExperts} are possible",
            _ when used > experts || (experts > 0 && used <= 0) => $"it claims that {used:N0} of its {experts:N0} experts answer",
            _ when groups < 0 || groups > 0 && (groups >= experts || experts % groups != 0) =>
                $"it claims {groups:N0} groups of {experts:N0} experts",
            _ when groups > 1 && !(Of("expert_group_used_count") > 0 && Of("expert_group_used_count") < groups) =>
                "it claims an impossible number of expert groups that answer",
            _ when header.Text($"{architecture}.rope.scaling.type") is { } scaling && !s_ropeScalings.Contains(scaling) =>
                $"it claims the unknown position scaling \"{scaling}\"",
            _ => WhyHeads(header, architecture, Of("embedding_length")),
        };
    }

    static string? WhyHeads(GgufHeader header, string architecture, long? embedding)
    {
        var heads = header.Integers($"{architecture}.attention.head_count").ToList();
        var keyHeads = header.Integers($"{architecture}.attention.head_count_kv").ToList();
        if (heads.Concat(keyHeads).Any(h => h < 0 || h > Math.Max(1, embedding ?? int.MaxValue)))
            return "it claims an impossible number of attention heads";
        // Grouped attention repeats each key head for a whole number of heads.
        return heads.Count == 1 && keyHeads.Count == 1 && heads[0] > 0 && (keyHeads[0] <= 0 || heads[0] % keyHeads[0] != 0)
            ? $"it claims {heads[0]:N0} attention heads over {keyHeads[0]:N0} key heads"
            : null;
    }
}
