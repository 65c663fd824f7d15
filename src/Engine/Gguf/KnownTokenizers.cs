namespace LocalOpinions.Engine.Gguf;

/// <summary>The kinds of vocabularies that llama.cpp knows, and what it refuses of them while it loads a model.</summary>
static class KnownTokenizers
{
    // llama.cpp b10361, llama-vocab.cpp.
    static readonly HashSet<string> s_models = ["llama", "bert", "gpt2", "hybriddna", "whitespace", "t5", "rwkv", "plamo2", "gemma4"];

    static readonly HashSet<string> s_bytePairs = ["gpt2", "hybriddna", "whitespace", "gemma4"];

    /// <summary>Values of tokenizer.ggml.pre: ways in which byte-pair vocabularies cut a text into words.</summary>
    public static IReadOnlySet<string> WaysToCut { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "a.x-4.0", "afmoe", "bailingmoe", "bailingmoe2", "bloom", "chameleon", "chatglm-bpe", "codeshell", "cohere2moe",
        "command-r", "dbrx", "deepseek-coder", "deepseek-llm", "deepseek-r1-qwen", "deepseek-v3", "default", "exaone",
        "exaone-moe", "exaone4", "f2llmv2", "falcon", "falcon-h1", "falcon3", "gemma4", "gigachat", "glm4", "gpt-2", "gpt-4o",
        "gpt3-finnish", "granite-docling", "granite-embed-multi-311m", "granite-embed-multi-97m", "grok-2", "hunyuan",
        "hunyuan-dense", "jais", "jais-2", "jina-de", "jina-es", "jina-v1-en", "jina-v2-code", "jina-v2-de", "jina-v2-es",
        "jina-v5-nano", "joyai-llm", "kanana2", "kimi-k2", "kormo", "laguna", "lfm2", "llada-moe", "llama-bpe", "llama-v3",
        "llama3", "llama4", "megrez", "mellum", "mellum2", "midm-2.0", "minerva-7b", "minicpm5", "minimax-m2", "modern-bert",
        "mpt", "olmo", "phi-2", "pixtral", "poro-chat", "qwen2", "qwen35", "refact", "roberta-bpe", "sarvam-moe",
        "seed-coder", "smaug-bpe", "smollm", "solar-open", "stablelm2", "starcoder", "superbpe", "talkie", "tekken",
        "tiny_aya", "trillion", "viking", "whitespace", "youtu",
    };

    /// <summary>The reason, as "it has no merges"; null where it refuses nothing.</summary>
    public static string? WhyRefused(GgufHeader header, string model)
    {
        if (!s_models.Contains(model))
            return $"its vocabulary is of the kind \"{model}\" (tokenizer.ggml.model), which llama.cpp does not know";
        var way = header.Text("tokenizer.ggml.pre");
        if (s_bytePairs.Contains(model) && !header.Has("tokenizer.ggml.merges") && (way != "kimi-k2" || model == "gemma4"))
            return "its vocabulary lacks the list of merges (tokenizer.ggml.merges), without which no text becomes tokens; convert it "
                + "again from its source";
        // Of gemma4 it takes its own, whatever the file says.
        return s_bytePairs.Contains(model) && model != "gemma4" && way is { Length: > 0 } && !WaysToCut.Contains(way)
            ? $"its vocabulary cuts texts into words in the way \"{way}\" (tokenizer.ggml.pre), which llama.cpp does not know; it was made "
                + "for another one, or badly converted" : null;
    }
}
