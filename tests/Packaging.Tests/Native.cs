using System.Buffers.Binary;
using System.Reflection.PortableExecutable;

namespace LocalOpinions.Packaging.Tests;

/// <summary>What platforms a library is for, by its own first bytes: a file's name can lie.</summary>
static class Native
{
    /// <summary>The platforms of a native library; none for anything else, as an assembly of .NET.</summary>
    public static IReadOnlyList<string> PlatformsOf(byte[] file) => file switch
    {
        [0x7f, (byte)'E', (byte)'L', (byte)'F', ..] => [$"linux-{Machine(BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(18)))}"],
        [0xcf, 0xfa, 0xed, 0xfe, ..] => [Mac(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)))],
        // One library for several processors: a count, and twenty bytes for each.
        [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, var count, ..] =>
            [.. Enumerable.Range(0, count).Select(i => Mac(BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(8 + 20 * i))))],
        [(byte)'M', (byte)'Z', ..] => Windows(file),
        _ => [],
    };

    static IReadOnlyList<string> Windows(byte[] file)
    {
        using var image = new PEReader(new MemoryStream(file));
        return image.HasMetadata ? [] : [$"win-{Machine((ushort)image.PEHeaders.CoffHeader.Machine)}"];
    }

    static string Mac(uint processor) => $"osx-{Machine((ushort)processor)}";

    // ELF's numbers, COFF's, and the low half of Mach-O's.
    static string Machine(ushort number) => number switch
    {
        62 or 0x8664 or 7 => "x64",
        183 or 0xaa64 or 12 => "arm64",
        _ => $"unknown {number}",
    };
}
