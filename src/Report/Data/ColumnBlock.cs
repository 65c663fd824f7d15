using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LocalOpinions.Report.Data;

/// <summary>A part of the page's data: values in JSON and columns of numbers, compressed. <c>web/src/data/block.ts</c> reads it.</summary>
/// <remarks>
/// gzip, inside it: the length of the header (4 bytes, little endian), the header (JSON, UTF-8), the columns in the header's order. A
/// column is stored as planes, first every number's lowest byte, then every next one, which compresses better.
/// </remarks>
sealed class ColumnBlock
{
    /// <summary>A missing number of a 16-bit column.</summary>
    public const ushort None = ushort.MaxValue;

    readonly List<(string Name, string Kind, int Length)> _columns = [];
    readonly MemoryStream _planes = new();

    public void Add(string name, ReadOnlySpan<double> column) => Add(name, "f64", MemoryMarshal.AsBytes(column), sizeof(double));

    public void Add(string name, ReadOnlySpan<int> column) => Add(name, "i32", MemoryMarshal.AsBytes(column), sizeof(int));

    public void Add(string name, ReadOnlySpan<ushort> column) => Add(name, "u16", MemoryMarshal.AsBytes(column), sizeof(ushort));

    public void Add(string name, ReadOnlySpan<byte> column) => Add(name, "u8", column, 1);

    /// <summary>The whole block. The same data give the same bytes.</summary>
    public byte[] Compress<T>(T values, JsonTypeInfo<T> type)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WritePropertyName("values");
            JsonSerializer.Serialize(json, values, type);
            json.WriteStartArray("columns");
            foreach (var (name, kind, length) in _columns)
            {
                json.WriteStartArray();
                json.WriteStringValue(name);
                json.WriteStringValue(kind);
                json.WriteNumberValue(length);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }

        var size = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(size, checked((uint)header.Length));
        using var result = new MemoryStream();
        using (var packed = new GZipStream(result, CompressionLevel.SmallestSize))
        {
            packed.Write(size);
            header.WriteTo(packed);
            _planes.WriteTo(packed);
        }
        return result.ToArray();
    }

    void Add(string name, string kind, ReadOnlySpan<byte> bytes, int width)
    {
        var length = bytes.Length / width;
        _columns.Add((name, kind, length));
        var plane = new byte[length];
        for (var at = 0; at < width; at++)
        {
            var from = BitConverter.IsLittleEndian ? at : width - 1 - at;
            for (var i = 0; i < length; i++)
                plane[i] = bytes[i * width + from];
            _planes.Write(plane);
        }
    }
}
