using System.Globalization;

namespace LocalOpinions.Engine.Gguf;

/// <summary>
/// Holds a vocabulary against what llama.cpp takes for granted: assertions and uncaught exceptions in its tokenizers end the process.
/// </summary>
static class VocabularyCheck
{
    const long ByteToken = 6;
    const int MostTokens = 1 << 22;

    /// <summary>The reason, as "two of its tokens are the same"; null for a sound vocabulary.</summary>
    public static string? WhyUnusable(GgufHeader header)
    {
        var model = header.Text("tokenizer.ggml.model");
        if (model is null or "no_vocab" or "none")
            return "it has no vocabulary";
        if (header.Array("tokenizer.ggml.tokens") is not { Type: GgufType.String, Items: { Count: > 0 } tokens })
            return "it has no vocabulary: the list of tokens is missing or empty";
        if (tokens.Count > MostTokens)
            return $"it claims {tokens.Count:N0} tokens; at most {MostTokens:N0} are possible";
        var types = header.Array("tokenizer.ggml.token_type");
        if (types is not null && (types.Items is null || types.Count < tokens.Count))
            return $"it has {tokens.Count:N0} tokens but the types of {types.Count:N0}";
        return KnownTokenizers.WhyRefused(header, model) ?? WhyTokens(tokens, types);
    }

    /// <summary>What makes a vocabulary another than the one that the model was trained with, without making it unusable.</summary>
    public static IEnumerable<string> Warnings(GgufHeader header)
    {
        // Byte-pair vocabularies cut a text into words first, each family in its own way, of which only this name tells.
        if (header.Text("tokenizer.ggml.model") == "gpt2" && header.Text("tokenizer.ggml.pre") is null or "")
            yield return "The file does not say how its vocabulary cuts text into words (tokenizer.ggml.pre), so texts become other tokens "
                + "than those that the model was trained on: convert it again from its source.";
    }

    static string? WhyTokens(IReadOnlyList<object> tokens, GgufArray? types)
    {
        var known = new Dictionary<string, int>(tokens.Count, StringComparer.Ordinal);
        for (var id = 0; id < tokens.Count; id++)
        {
            // llama.cpp's own name for an empty token.
            var text = (string)tokens[id] is { Length: > 0 } given ? given : $"[EMPTY_{id}]";
            if (!known.TryAdd(text, id))
                return $"its tokens {known[text]:N0} and {id:N0} are the same; the file is damaged or badly converted";
            if (types?.Items![id] is ByteToken && !IsByte(text))
                return $"its token {id:N0} should stand for a byte and does not; the file is damaged or badly converted";
        }
        return null;
    }

    // <0x41>
    static bool IsByte(string text) =>
        text.Length == 6 && text.StartsWith("<0x", StringComparison.Ordinal) && text[5] == '>'
            && byte.TryParse(text.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
}
