using LocalOpinions.Common;

namespace LocalOpinions.Engine.Gguf;

/// <summary>A metadata value that is a list.</summary>
/// <param name="Type">The type of every item.</param>
/// <param name="Count">The number of items.</param>
/// <param name="Items">The items: numbers as long, double or bool, texts with one char per byte; null where the list is none that anything
/// here looks into.</param>
sealed record GgufArray(GgufType Type, long Count, IReadOnlyList<object>? Items);

/// <summary>Everything before the weights of one GGUF file, checked against the format and the file's length.</summary>
/// <remarks>
/// Managed, so that a damaged or hostile file meets bounds-checked code first, and so that looking at a model needs no native library. See
/// ggml's docs/gguf.md; the limits are those of ggml 0.19.0 (gguf.cpp) and some of our own against absurd counts.
/// </remarks>
sealed class GgufHeader
{
    // ggml compares each name with all before it: more than this takes minutes. The largest models have some thousands.
    const int MostTensors = 1 << 16, MostKeys = 1 << 14;
    const int MostNameBytes = 63, MostDimensions = 4;

    readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);
    readonly HashSet<string> _tensors = new(StringComparer.Ordinal);

    GgufHeader(GgufReader reader, long length)
    {
        if (reader.Left < 4 || reader.UInt32() != 0x46554747)
            throw new GgufException(
                "it is not a GGUF file (its first four bytes are not GGUF); convert or download the model in GGUF format");
        var version = reader.UInt32();
        if ((version & 0xFFFF) == 0)
            throw new GgufException("its numbers are big-endian; use a little-endian conversion of the model");
        if (version is not (2 or 3))
            throw new GgufException($"it is GGUF version {version:N0}; versions 2 and 3 can be read");
        // The smallest tensor has an empty name, no dimension, type and offset; the smallest pair a key of one byte.
        var tensors = reader.Count("tensors", 24);
        var pairs = reader.Count("metadata keys", 14);
        if (tensors > MostTensors || pairs > MostKeys)
            throw new GgufException($"it claims {tensors:N0} tensors and {pairs:N0} metadata keys; no model has so many");
        for (long i = 0; i < pairs; i++)
            ReadPair(reader);
        var alignment = Alignment();
        long end = 0;
        for (long i = 0; i < tensors; i++)
            ReadTensor(reader, alignment, ref end);
        var data = tensors > 0 ? Padded(reader.Position, alignment) : reader.Position;
        if (data > length || end > length - data)
            throw new GgufException($"it is truncated: {length:N0} bytes of at least {(Int128)data + end:N0}; download it again");
    }

    /// <exception cref="GgufException">The header breaks the format.</exception>
    public static GgufHeader Read(string path)
    {
        if (!FileStat.IsOrdinary(path))
            throw new GgufException($"it {FileStat.NotOrdinary}");
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        return file.Length == 0 ? throw new GgufException("it is empty") : new(new(file, file.Length), file.Length);
    }

    public string? Text(string key) => _values.GetValueOrDefault(key) is string text ? text : null;

    public long? Integer(string key) => _values.GetValueOrDefault(key) is long n ? n : null;

    public bool? Flag(string key) => _values.GetValueOrDefault(key) is bool flag ? flag : null;

    public bool Has(string key) => _values.ContainsKey(key);

    public GgufArray? Array(string key) => _values.GetValueOrDefault(key) as GgufArray;

    /// <summary>All of a value that is one number or one per layer; empty where there is none.</summary>
    public IEnumerable<long> Integers(string key) => _values.GetValueOrDefault(key) switch
    {
        long n => [n],
        GgufArray { Items: { } items } => items.OfType<long>(),
        _ => [],
    };

    void ReadPair(GgufReader reader)
    {
        var key = reader.Text("a key");
        if (key.Length == 0)
            throw new GgufException("it has a metadata key without a name");
        var type = (GgufType)reader.UInt32();
        object value = type switch
        {
            GgufType.String => reader.Text(key),
            GgufType.Array => ReadArray(reader, key),
            _ => reader.Number(type),
        };
        if (!_values.TryAdd(key, value))
            throw new GgufException($"it has the metadata key {key} twice");
    }

    static GgufArray ReadArray(GgufReader reader, string key)
    {
        var type = (GgufType)reader.UInt32();
        if (type == GgufType.Array)
            throw new GgufException($"{key} is a list of lists, which GGUF does not have");
        var size = type == GgufType.String ? 8 : GgufReader.SizeOf(type);
        var count = reader.Count($"items of {key}", size);
        // Scores and merges are large and nothing here looks into them.
        if (type != GgufType.String && key.StartsWith("tokenizer.", StringComparison.Ordinal)
            && !key.EndsWith(".token_type", StringComparison.Ordinal))
        {
            reader.Skip(count * size);
            return new(type, count, null);
        }
        if (key.EndsWith(".merges", StringComparison.Ordinal) && type == GgufType.String)
        {
            for (long i = 0; i < count; i++)
                reader.Skip(reader.Count($"bytes of {key}", 1));
            return new(type, count, null);
        }
        var items = new List<object>();
        for (long i = 0; i < count; i++)
            items.Add(type == GgufType.String ? reader.Bytes(key) : reader.Number(type));
        return new(type, count, items);
    }

    long Alignment() => _values.GetValueOrDefault("general.alignment") switch
    {
        null => 32,
        long n and > 0 when (n & (n - 1)) == 0 && n <= 1 << 20 => n,
        var other => throw new GgufException($"its alignment is {other}, not a power of 2"),
    };

    void ReadTensor(GgufReader reader, long alignment, ref long end)
    {
        var name = reader.Text("a tensor's name");
        if (name.Length > MostNameBytes)
            throw new GgufException($"the name of a tensor is {name.Length:N0} characters long; {MostNameBytes} is the most");
        var dimensions = reader.UInt32();
        if (dimensions > MostDimensions)
            throw new GgufException($"tensor {name} has {dimensions:N0} dimensions; {MostDimensions} is the most");
        long[] shape = [1, 1, 1, 1];
        for (var i = 0; i < dimensions; i++)
        {
            shape[i] = (long)Math.Min(reader.UInt64(), long.MaxValue);
            if (shape[i] == 0)
                throw new GgufException($"tensor {name} has no values");
        }
        var type = (int)reader.UInt32();
        if (TensorTypes.Block(type) is not { } block)
            throw new GgufException($"tensor {name} is of type {type}, which this program's llama.cpp does not know");
        if (shape[0] % block.Elements != 0)
            throw new GgufException($"tensor {name} has rows of {shape[0]:N0} values, which do not fill blocks of {block.Elements}");
        var offset = reader.UInt64();
        if (offset != (ulong)end)
            throw new GgufException($"tensor {name} should begin {end:N0} bytes into the data, not {offset:N0}");
        end = Padded(end + Bytes(name, shape, block), alignment);
        if (!_tensors.Add(name))
            throw new GgufException($"it has the tensor {name} twice");
    }

    static long Bytes(string name, long[] shape, (int Elements, int Bytes) block)
    {
        // A petabyte is far beyond any file, and far below what sums of 65,536 tensors overflow at.
        const long Most = 1L << 50 >> 4;
        Int128 bytes = shape[0] / block.Elements * (Int128)block.Bytes;
        foreach (var n in shape.AsSpan(1))
        {
            bytes *= n;
            if (bytes > Most)
                break;
        }
        return bytes <= Most ? (long)bytes : throw new GgufException(
            $"tensor {name} claims {string.Join(" x ", shape):N0} values, more than any file holds");
    }

    static long Padded(long position, long alignment) => (position + alignment - 1) / alignment * alignment;
}
