using System.Buffers.Binary;

namespace LocalOpinions.Native;

/// <summary>A shared library of Linux, as far as it takes to know that its end is there.</summary>
/// <remarks>To load one that was cut short is a crash. Compiled into Engine and into Store.</remarks>
static class ElfFile
{
    const int HeaderSize = 64;

    /// <summary>False for a 64-bit ELF file that is shorter than its own header says; a table of its sections is its end.</summary>
    public static bool IsWhole(string path)
    {
        using var file = File.OpenHandle(path);
        var header = (Span<byte>)stackalloc byte[HeaderSize];
        // The first bytes, and the marks of 64 bits in little-endian order. What is of another kind the loader refuses by itself.
        if (RandomAccess.Read(file, header, 0) < HeaderSize || !header.StartsWith("\u007fELF\u0002\u0001"u8))
            return true;
        var sections = BinaryPrimitives.ReadUInt64LittleEndian(header[0x28..]);
        var size = BinaryPrimitives.ReadUInt16LittleEndian(header[0x3a..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(header[0x3c..]);
        return sections + (ulong)(size * count) <= (ulong)RandomAccess.GetLength(file);
    }
}
