using System.Buffers.Binary;
using System.Text;

namespace LocalOpinions.Engine.Gguf;

/// <summary>A header that breaks the format; the message says how, as "its header names 5 keys twice".</summary>
sealed class GgufException(string message) : Exception(message);

/// <summary>Reads little-endian numbers and texts of a file, never beyond its end and never more than is there.</summary>
sealed class GgufReader(Stream stream, long length)
{
    // Byte for byte into text and back: a vocabulary's tokens need not be UTF-8.
    static readonly Encoding s_bytes = Encoding.Latin1;

    public long Position { get; private set; }

    public long Left => length - Position;

    public static int SizeOf(GgufType type) => type switch
    {
        GgufType.UInt8 or GgufType.Int8 or GgufType.Bool => 1,
        GgufType.UInt16 or GgufType.Int16 => 2,
        GgufType.UInt32 or GgufType.Int32 or GgufType.Float32 => 4,
        GgufType.UInt64 or GgufType.Int64 or GgufType.Float64 => 8,
        _ => throw new GgufException($"it holds a value of the unknown type {(int)type}"),
    };

    public uint UInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    public ulong UInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>A number of things, each of which takes at least so many bytes of what is left of the file.</summary>
    public long Count(string what, int size)
    {
        var count = UInt64();
        return count <= (ulong)(Left / size)
            ? (long)count
            : throw new GgufException($"it claims {count:N0} {what}, more than the {Left:N0} bytes behind that could hold");
    }

    /// <summary>A text, each char one of its bytes.</summary>
    public string Bytes(string what)
    {
        var buffer = new byte[checked((int)Math.Min(Count($"bytes of {what}", 1), int.MaxValue - 64))];
        Fill(buffer);
        return s_bytes.GetString(buffer);
    }

    public string Text(string what) => Encoding.UTF8.GetString(s_bytes.GetBytes(Bytes(what)));

    public object Number(GgufType type)
    {
        Span<byte> bytes = stackalloc byte[8];
        bytes = bytes[..SizeOf(type)];
        Fill(bytes);
        return type switch
        {
            GgufType.UInt8 => (long)bytes[0],
            GgufType.Int8 => (long)(sbyte)bytes[0],
            GgufType.Bool => bytes[0] != 0,
            GgufType.UInt16 => (long)BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            GgufType.Int16 => (long)BinaryPrimitives.ReadInt16LittleEndian(bytes),
            GgufType.UInt32 => (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            GgufType.Int32 => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes),
            GgufType.Float32 => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes),
            GgufType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            GgufType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            _ => (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(bytes), long.MaxValue),
        };
    }

    public void Skip(long bytes)
    {
        if (bytes > Left)
            throw Ended();
        stream.Seek(bytes, SeekOrigin.Current);
        Position += bytes;
    }

    void Fill(Span<byte> bytes)
    {
        if (bytes.Length > Left || stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Ended();
        Position += bytes.Length;
    }

    GgufException Ended() => new($"the file ends within its header, after {length:N0} bytes; it may be truncated: download it again");
}
