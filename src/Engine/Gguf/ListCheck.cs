namespace LocalOpinions.Engine.Gguf;

/// <summary>Holds lists against the type that llama.cpp takes them to be of, mostly without looking.</summary>
/// <remarks>Another type ends the process, or is read past its end.</remarks>
static class ListCheck
{
    static readonly GgufType[] s_whole = [GgufType.UInt32, GgufType.Int32, GgufType.Bool];
    static readonly GgufType[] s_fraction = [GgufType.Float32];
    static readonly GgufType[] s_text = [GgufType.String];

    // llama.cpp b10361: what get_arr and get_key_or_arr are called with.
    static readonly Dictionary<string, GgufType[]> s_ofArchitecture = new(StringComparer.Ordinal)
    {
        ["attention.head_count"] = s_whole,
        ["attention.head_count_kv"] = s_whole,
        ["attention.sliding_window_pattern"] = s_whole,
        ["attention.indexer.types"] = s_whole,
        ["attention.compress_ratios"] = s_whole,
        ["attention.recurrent_layers"] = s_whole,
        ["feed_forward_length"] = s_whole,
        ["deepstack_mapping"] = s_whole,
        ["rope.dimension_sections"] = s_whole,
        ["swiglu_clamp_exp"] = s_fraction,
        ["swiglu_clamp_shexp"] = s_fraction,
        ["classifier.output_labels"] = s_text,
    };

    static readonly Dictionary<string, GgufType[]> s_ofAll = new(StringComparer.Ordinal)
    {
        ["xielu.alpha_n"] = s_fraction,
        ["xielu.alpha_p"] = s_fraction,
        ["xielu.beta"] = s_fraction,
        ["xielu.eps"] = s_fraction,
    };

    // These must be lists, whatever is in them.
    static readonly Dictionary<string, GgufType[]> s_ofVocabulary = new(StringComparer.Ordinal)
    {
        ["tokenizer.ggml.tokens"] = s_text,
        ["tokenizer.ggml.merges"] = s_text,
        ["tokenizer.ggml.scores"] = s_fraction,
        ["tokenizer.ggml.token_type"] = [GgufType.Int32, GgufType.UInt32],
        ["tokenizer.ggml.suppress_tokens"] = [GgufType.Int32, GgufType.UInt32],
        ["tokenizer.ggml.precompiled_charsmap"] = [GgufType.Int8, GgufType.UInt8],
    };

    /// <summary>The reason, as "llama.feed_forward_length is a list of String"; null where all are as they should be.</summary>
    public static string? WhyUnusable(GgufHeader header, string architecture) =>
        s_ofArchitecture.Select(e => (Key: $"{architecture}.{e.Key}", e.Value)).Concat(s_ofAll.Select(e => (e.Key, e.Value)))
            .Where(e => header.Array(e.Key) is { } list && !e.Value.Contains(list.Type))
            .Select(e => Wrong(header, e.Key, e.Value))
        .Concat(s_ofVocabulary
            .Where(e => header.Has(e.Key) && !(header.Array(e.Key) is { } list && e.Value.Contains(list.Type)))
            .Select(e => Wrong(header, e.Key, e.Value)))
        .FirstOrDefault();

    static string Wrong(GgufHeader header, string key, GgufType[] right) =>
        $"{key} is {(header.Array(key) is { } list ? $"a list of {list.Type}" : "no list")}; "
        + $"it must be one of {string.Join(" or ", right)}";
}
