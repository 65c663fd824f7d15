using System.Text;
using LocalOpinions.Engine.Gguf;

namespace LocalOpinions.Engine.Loading;

/// <summary>What a GGUF file says of itself, read without loading weights or any native library.</summary>
public sealed record ModelHeader
{
    /// <summary>The architecture, as "llama".</summary>
    public required string Architecture { get; init; }

    /// <summary>The name its maker gave it, if any.</summary>
    public required string? Title { get; init; }

    /// <summary>The weight format, as "Q4_1".</summary>
    public required string Quantisation { get; init; }

    /// <summary>Tokens the model was trained for; 0 when not stated.</summary>
    public required int ContextLength { get; init; }

    /// <summary>The layout of a conversation, in Jinja, if any.</summary>
    public required string? ChatTemplate { get; init; }

    /// <summary>The text of the start token; empty where none is named.</summary>
    public string StartToken { get; init; } = "";

    /// <summary>The text of the end token; empty where none is named.</summary>
    public string EndToken { get; init; } = "";

    /// <summary>Layers; 0 when not stated.</summary>
    public required int Layers { get; init; }

    /// <summary>Numbers that the key-value cache holds for each token, over all layers; 0 where that cannot be told.</summary>
    public required long CacheValuesPerToken { get; init; }

    /// <summary>The number of tokens.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>What is wrong with it although it can be asked, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads and checks the headers of all parts of a model.</summary>
    /// <exception cref="EngineException">Not a GGUF, truncated, damaged, or a model without next-token logits.</exception>
    public static ModelHeader Read(ModelFile file)
    {
        ModelHeader? first = null;
        for (var i = 0; i < file.Parts.Count; i++)
        {
            var header = ReadPart(file.Parts[i]);
            CheckPart(file, i, header);
            first ??= Describe(file.Path, header);
        }
        return first!;
    }

    static GgufHeader ReadPart(string path)
    {
        try
        {
            return GgufHeader.Read(path);
        }
        catch (GgufException e)
        {
            throw Unusable(path, e.Message);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new EngineException(EngineError.ModelUnusable, $"{path} cannot be read: {e.Message}", e);
        }
    }

    // Parts say their number and how many they are; file names alone could lead in circles.
    static void CheckPart(ModelFile file, int i, GgufHeader header)
    {
        var count = header.Integer("split.count") ?? 1;
        if (i == 0 && count != file.Parts.Count && !(count == 0 && file.Parts.Count == 1))
            throw Unusable(file.Path, $"it says that it is one of {count:N0} parts, and its name "
                + $"{(file.Parts.Count == 1 ? "that it is the only one" : $"one of {file.Parts.Count:N0}")}; parts must keep the names "
                + $"they were made with (NAME-00001-of-{count:D5}.gguf)");
        if (file.Parts.Count > 1 && header.Integer("split.no") != i)
            throw Unusable(file.Parts[i], $"its name says that it is part {i + 1}, and its content "
                + $"{(header.Integer("split.no") is { } no ? $"part {no + 1:N0}" : "that it is none")}; parts must keep the names they "
                + $"were made with");
    }

    static ModelHeader Describe(string path, GgufHeader header)
    {
        if (header.Text("general.architecture") is not { Length: > 0 } architecture)
            throw Unusable(path, "it states no architecture");
        if (ModelCheck.WhyUnusable(header, architecture) is { } why)
            throw Unusable(path, why);
        var layers = (int)(header.Integer($"{architecture}.block_count") ?? 0);
        return new()
        {
            Architecture = architecture,
            Title = header.Text("general.name"),
            Quantisation = FileTypes.Name(header.Integer("general.file_type")),
            ContextLength = (int)(header.Integer($"{architecture}.context_length") ?? 0),
            ChatTemplate = header.Text("tokenizer.chat_template"),
            StartToken = TokenText(header, "bos"),
            EndToken = TokenText(header, "eos"),
            Warnings = [.. VocabularyCheck.Warnings(header)],
            Layers = layers,
            CacheValuesPerToken = CacheValues(header, architecture, layers),
            VocabularySize = (int)header.Array("tokenizer.ggml.tokens")!.Count,
        };
    }

    // Texts have one char per byte.
    static string TokenText(GgufHeader header, string which) =>
        header.Integer($"tokenizer.ggml.{which}_token_id") is { } id
        && header.Array("tokenizer.ggml.tokens")?.Items is { } tokens && id >= 0 && id < tokens.Count && tokens[(int)id] is string text
            ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text)) : "";

    static long CacheValues(GgufHeader header, string architecture, int layers)
    {
        var heads = header.Integers($"{architecture}.attention.head_count").ToList();
        var keyHeads = header.Integers($"{architecture}.attention.head_count_kv").ToList();
        if (heads.Count == 0 || heads.Max() == 0)
            return 0;
        var size = (header.Integer($"{architecture}.embedding_length") ?? 0) / heads.Max();
        var perHead = (header.Integer($"{architecture}.attention.key_length") ?? size)
            + (header.Integer($"{architecture}.attention.value_length") ?? size);
        var all = keyHeads.Count switch
        {
            0 => heads[0] * layers,
            1 => keyHeads[0] * layers,
            _ => keyHeads.Sum(),
        };
        return all * perHead;
    }

    static EngineException Unusable(string path, string why) => new(EngineError.ModelUnusable, $"{path} cannot be used: {why}.");
}
