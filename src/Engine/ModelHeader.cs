using System.Runtime.InteropServices;
using LocalOpinions.Engine.Native;

namespace LocalOpinions.Engine;

/// <summary>What a GGUF file says of itself, read without loading weights.</summary>
/// <param name="Architecture">The architecture, as "llama".</param>
/// <param name="Title">The name its maker gave it, if any.</param>
/// <param name="Quantisation">The weight format, as "Q4_1".</param>
/// <param name="ContextLength">Tokens the model was trained for; 0 when not stated.</param>
public sealed unsafe record ModelHeader(string Architecture, string? Title, string Quantisation, int ContextLength)
{
    // Embedding models and projectors: they have no next-token logits.
    static readonly HashSet<string> s_encoders = ["bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2", "jina-bert-v3", "eurobert", "gemma-embedding", "t5encoder", "clip", "wavtokenizer-dec"];

    /// <summary>Reads and checks a model's header. Needs a started <see cref="EngineRuntime"/>.</summary>
    /// <exception cref="EngineException">Not a GGUF, truncated, or a model without next-token logits.</exception>
    public static ModelHeader Read(ModelFile file)
    {
        ModelHeader? first = null;
        foreach (var part in file.Parts)
            first = ReadPart(part) ?? first;
        return first ?? throw Unusable(file.Path, "it states no architecture");
    }

    // Only the first shard states the architecture; every shard is checked for truncation.
    static ModelHeader? ReadPart(string path)
    {
        CheckMagic(path);
        NativeLog.Clear();
        var gguf = GgmlNative.gguf_init_from_file(path, new GgufInitParams { NoAlloc = 1 });
        if (gguf == 0)
            throw Unusable(path, $"its header cannot be read ({NativeLog.Reason()}); it may be truncated");
        try
        {
            CheckLength(path, gguf);
            if (TextValue(gguf, "general.architecture") is not { Length: > 0 } architecture)
                return null;
            if (s_encoders.Contains(architecture) || BoolValue(gguf, $"{architecture}.attention.causal") == false)
                throw Unusable(path, $"it is an encoder ({architecture}) and has no next-token logits; use a text-generation model");
            return new(architecture, TextValue(gguf, "general.name"),
                UIntValue(gguf, "general.file_type") is { } type ? Marshal.PtrToStringUTF8((nint)LlamaNative.llama_ftype_name((int)type)) ?? "unknown" : "unknown",
                (int)(UIntValue(gguf, $"{architecture}.context_length") ?? 0));
        }
        finally
        {
            GgmlNative.gguf_free(gguf);
        }
    }

    static void CheckMagic(string path)
    {
        Span<byte> magic = stackalloc byte[4];
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.Length == 0)
                throw Unusable(path, "it is empty");
            if (file.ReadAtLeast(magic, 4, throwOnEndOfStream: false) < 4 || !magic.SequenceEqual("GGUF"u8))
                throw Unusable(path, "it is not a GGUF file (its first four bytes are not GGUF); convert or download the model in GGUF format");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new EngineException(EngineError.ModelUnusable, $"{path} cannot be read: {e.Message}", e);
        }
    }

    static void CheckLength(string path, nint gguf)
    {
        ulong end = 0;
        for (long i = 0; i < GgmlNative.gguf_get_n_tensors(gguf); i++)
            end = Math.Max(end, (ulong)GgmlNative.gguf_get_tensor_offset(gguf, i) + GgmlNative.gguf_get_tensor_size(gguf, i));
        var expected = GgmlNative.gguf_get_data_offset(gguf) + end;
        var actual = (ulong)ModelFile.LengthOf(path);
        if (actual < expected)
            throw Unusable(path, $"it is truncated: {actual:N0} bytes of at least {expected:N0}; download it again");
    }

    static EngineException Unusable(string path, string why) => new(EngineError.ModelUnusable, $"{path} cannot be used: {why}.");

    static long? Key(nint gguf, string key, GgufType type) =>
        GgmlNative.gguf_find_key(gguf, key) is >= 0 and var id && GgmlNative.gguf_get_kv_type(gguf, id) == type ? id : null;

    static string? TextValue(nint gguf, string key) => Key(gguf, key, GgufType.String) is { } id ? Marshal.PtrToStringUTF8((nint)GgmlNative.gguf_get_val_str(gguf, id)) : null;

    static uint? UIntValue(nint gguf, string key) => Key(gguf, key, GgufType.UInt32) is { } id ? GgmlNative.gguf_get_val_u32(gguf, id) : null;

    static bool? BoolValue(nint gguf, string key) => Key(gguf, key, GgufType.Bool) is { } id ? GgmlNative.gguf_get_val_bool(gguf, id) != 0 : null;
}
