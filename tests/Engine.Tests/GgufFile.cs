using System.Runtime.InteropServices;
using System.Text;

namespace LocalOpinions.Engine.Tests;

/// <summary>
/// Takes a small GGUF v3 file apart and writes it back changed: other metadata, in several parts, or its tokenizer alone with another model
/// around it.
/// </summary>
sealed class GgufFile
{
    const int Alignment = 32;
    const int UInt16 = 2, UInt32 = 4, Int32 = 5, Float32 = 6, Boolean = 7, Text = 8, Array = 9;
    const int F32Tensor = 0;

    static readonly Dictionary<int, int> s_sizes = new()
    { [0] = 1, [1] = 1, [2] = 2, [3] = 2, [4] = 4, [5] = 4, [6] = 4, [7] = 1, [10] = 8, [11] = 8, [12] = 8 };

    readonly List<(string Key, byte[] TypeAndValue)> _metadata = [];
    readonly List<(byte[] NameShapeType, byte[] Data)> _tensors = [];

    GgufFile(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        Assert.Equal("GGUF", Encoding.ASCII.GetString(reader.ReadBytes(4)));
        Assert.Equal(3u, reader.ReadUInt32());
        var (tensors, pairs) = (reader.ReadInt64(), reader.ReadInt64());
        for (var i = 0; i < pairs; i++)
        {
            var key = ReadText(reader);
            var start = reader.BaseStream.Position;
            SkipValue(reader, reader.ReadInt32());
            _metadata.Add((key, bytes[(int)start..(int)reader.BaseStream.Position]));
        }
        var infos = new List<(byte[] NameShapeType, long Offset)>();
        for (var i = 0; i < tensors; i++)
        {
            var start = reader.BaseStream.Position;
            ReadText(reader);
            reader.ReadBytes(8 * reader.ReadInt32() + 4);
            infos.Add((bytes[(int)start..(int)reader.BaseStream.Position], reader.ReadInt64()));
        }
        var data = bytes[(int)Aligned(reader.BaseStream.Position)..];
        for (var i = 0; i < infos.Count; i++)
            _tensors.Add((infos[i].NameShapeType, data[(int)infos[i]
                .Offset..(int)(i + 1 < infos.Count ? infos[i + 1].Offset : data.Length)]));
    }

    public static GgufFile Read(string path) => new(File.ReadAllBytes(path));

    /// <summary>Leaves nothing but the metadata that describe the tokenizer.</summary>
    public GgufFile KeepTokenizer()
    {
        _metadata.RemoveAll(m => !m.Key.StartsWith("tokenizer.", StringComparison.Ordinal));
        _tensors.Clear();
        return this;
    }

    public void Add(string key, string value) => _metadata.Add((key, Written(w => { w.Write(Text); WriteText(w, value); })));

    public void Add(string key, uint value) => _metadata.Add((key, Written(w => { w.Write(UInt32); w.Write(value); })));

    public void Add(string key, float value) => _metadata.Add((key, Written(w => { w.Write(Float32); w.Write(value); })));

    /// <summary>
    /// Adds a tensor of 32-bit floats. As everywhere in ggml the first dimension is the one whose values lie side by side.
    /// </summary>
    public void Add(string name, long[] shape, float[] values)
    {
        Assert.Equal(shape.Aggregate(1L, (product, n) => product * n), values.Length);
        var info = Written(w =>
        {
            WriteText(w, name);
            w.Write(shape.Length);
            foreach (var n in shape)
                w.Write(n);
            w.Write(F32Tensor);
        });
        _tensors.Add((info, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));
    }

    /// <summary>Sets a number, or a list of texts, in place of whatever the key had.</summary>
    public GgufFile Set(string key, uint value) => Set(key, w => { w.Write(UInt32); w.Write(value); });

    public GgufFile Set(string key, string value) => Set(key, w => { w.Write(Text); WriteText(w, value); });

    public GgufFile Set(string key, IReadOnlyList<string> values) => Set(key, w =>
    {
        w.Write(Array);
        w.Write(Text);
        w.Write((long)values.Count);
        foreach (var value in values)
            WriteText(w, value);
    });

    public GgufFile Set(string key, IReadOnlyList<int> values) => Set(key, w =>
    {
        w.Write(Array);
        w.Write(Int32);
        w.Write((long)values.Count);
        foreach (var value in values)
            w.Write(value);
    });

    public GgufFile Remove(string key)
    {
        _metadata.RemoveAll(m => m.Key == key);
        return this;
    }

    public GgufFile RemoveTensor(string name)
    {
        Assert.Equal(1, _tensors.RemoveAll(t => NameOf(t.NameShapeType) == name));
        return this;
    }

    /// <summary>Adds a tensor with the values of another; in place of one that has its name.</summary>
    public GgufFile CopyTensor(string name, string copy)
    {
        _tensors.RemoveAll(t => NameOf(t.NameShapeType) == copy);
        var (info, data) = _tensors.Single(t => NameOf(t.NameShapeType) == name);
        _tensors.Add(([.. Written(w => WriteText(w, copy)), .. info.AsSpan(sizeof(long) + name.Length)], data));
        return this;
    }

    public IReadOnlyList<string> Texts(string key)
    {
        using var reader = new BinaryReader(new MemoryStream(_metadata.Single(m => m.Key == key).TypeAndValue));
        Assert.Equal((Array, Text), (reader.ReadInt32(), reader.ReadInt32()));
        var count = reader.ReadInt64();
        return [.. Enumerable.Range(0, (int)count).Select(_ => ReadText(reader))];
    }

    GgufFile Set(string key, Action<BinaryWriter> write)
    {
        Remove(key);
        _metadata.Add((key, Written(write)));
        return this;
    }

    /// <summary>The texts of the vocabulary's tokens.</summary>
    public List<string> Tokens()
    {
        using var reader = new BinaryReader(new MemoryStream(_metadata.Single(m => m.Key == "tokenizer.ggml.tokens").TypeAndValue));
        reader.ReadInt64();
        return [.. Enumerable.Range(0, (int)reader.ReadInt64()).Select(_ => ReadText(reader))];
    }

    /// <summary>Fills one of a tensor's rows with what is no number in any floating-point type.</summary>
    public GgufFile SpoilRow(string tensor, int row, int rows)
    {
        var data = _tensors.Single(t => ReadText(new(new MemoryStream(t.NameShapeType))) == tensor).Data;
        // Behind the last row there may be padding.
        data.AsSpan(data.Length / rows * row, data.Length / rows).Fill(0xFF);
        return this;
    }

    /// <summary>Gives a token of the vocabulary another text and type: 1 ordinary, 3 control, 4 the vocabulary's own.</summary>
    public GgufFile Rename(int token, string text, int type)
    {
        Replace("tokenizer.ggml.tokens", (reader, writer) => WriteText(writer, ReadText(reader)), (reader, writer) =>
        {
            ReadText(reader);
            WriteText(writer, text);
        }, token);
        Replace("tokenizer.ggml.token_type", (reader, writer) => writer.Write(reader.ReadInt32()), (reader, writer) =>
        {
            reader.ReadInt32();
            writer.Write(type);
        }, token);
        return this;
    }

    void Replace(string key, Action<BinaryReader, BinaryWriter> copy, Action<BinaryReader, BinaryWriter> change, int index)
    {
        var at = _metadata.FindIndex(m => m.Key == key);
        using var reader = new BinaryReader(new MemoryStream(_metadata[at].TypeAndValue));
        _metadata[at] = (key, Written(w =>
        {
            w.Write(reader.ReadInt32());
            w.Write(reader.ReadInt32());
            var count = reader.ReadInt64();
            w.Write(count);
            for (var i = 0; i < count; i++)
                (i == index ? change : copy)(reader, w);
        }));
    }

    public byte[] Bytes() => Bytes(_metadata, _tensors);

    /// <summary>The same file with another value for a text key.</summary>
    public byte[] With(string key, string value)
    {
        var text = Written(w => { w.Write(Text); WriteText(w, value); });
        return Bytes(_metadata.Select(m => m.Key == key ? (key, text) : m), _tensors);
    }

    /// <summary>The same file with one more truth value.</summary>
    public byte[] With(string key, bool value) => Bytes(_metadata.Append((key, [Boolean, 0, 0, 0, (byte)(value ? 1 : 0)])), _tensors);

    /// <summary>Writes PREFIX-0000i-of-0000n.gguf as llama.cpp's gguf-split does; returns the paths.</summary>
    public string[] Split(string prefix, int parts)
    {
        var perPart = (_tensors.Count + parts - 1) / parts;
        return [.. Enumerable.Range(0, parts).Select(i =>
        {
            var path = $"{prefix}-{i + 1:D5}-of-{parts:D5}.gguf";
            (string, byte[])[] split =
            [
                ("split.no", [UInt16, 0, 0, 0, (byte)i, 0]),
                ("split.count", [UInt16, 0, 0, 0, (byte)parts, 0]),
                ("split.tensors.count", [Int32, 0, 0, 0, (byte)_tensors.Count, 0, 0, 0]),
            ];
            File.WriteAllBytes(path, Bytes(i == 0 ? [.. _metadata, .. split] : split, [.. _tensors.Skip(i * perPart).Take(perPart)]));
            return path;
        })];
    }

    static byte[] Bytes(IEnumerable<(string Key, byte[] TypeAndValue)> metadata, List<(byte[] NameShapeType, byte[] Data)> tensors)
    {
        var pairs = metadata.ToList();
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("GGUF"u8);
        writer.Write(3);
        writer.Write((long)tensors.Count);
        writer.Write((long)pairs.Count);
        foreach (var (key, value) in pairs)
        {
            WriteText(writer, key);
            writer.Write(value);
        }
        long offset = 0;
        foreach (var (info, data) in tensors)
        {
            writer.Write(info);
            writer.Write(offset);
            offset = Aligned(offset + data.Length);
        }
        foreach (var (_, data) in tensors)
        {
            Pad(stream);
            writer.Write(data);
        }
        Pad(stream);
        return stream.ToArray();
    }

    static string NameOf(byte[] info)
    {
        using var reader = new BinaryReader(new MemoryStream(info));
        return ReadText(reader);
    }

    static void SkipValue(BinaryReader reader, int type)
    {
        if (type == Text)
        {
            ReadText(reader);
        }
        else if (type == Array)
        {
            var (element, count) = (reader.ReadInt32(), reader.ReadInt64());
            for (var i = 0; i < count; i++)
                SkipValue(reader, element);
        }
        else
        {
            reader.ReadBytes(s_sizes[type]);
        }
    }

    static byte[] Written(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        write(writer);
        return stream.ToArray();
    }

    static string ReadText(BinaryReader reader) => Encoding.UTF8.GetString(reader.ReadBytes((int)reader.ReadInt64()));

    static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((long)bytes.Length);
        writer.Write(bytes);
    }

    static void Pad(MemoryStream stream) => stream.SetLength(stream.Position = Aligned(stream.Position));

    static long Aligned(long position) => (position + Alignment - 1) / Alignment * Alignment;
}
