using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LocalOpinions.Report.Tests;

/// <summary>Reads a block of a page as the page does.</summary>
sealed class BlockReader
{
    readonly Dictionary<string, byte[]> _planes = [];

    public BlockReader(string page, string name)
    {
        using var packed = new GZipStream(new MemoryStream(
            Convert.FromBase64String(Regex.Match(page, $"id=\"data-{name}\">(.*?)</script>").Groups[1].Value)),
            CompressionMode.Decompress);
        using var all = new MemoryStream();
        packed.CopyTo(all);
        var bytes = all.ToArray();
        var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var header = JsonDocument.Parse(bytes.AsMemory(4, length)).RootElement;
        Values = header.GetProperty("values");
        var at = 4 + length;
        foreach (var column in header.GetProperty("columns").EnumerateArray())
        {
            var size = column[2].GetInt32() * column[1].GetString() switch { "f64" => 8, "i32" => 4, "u16" => 2, _ => 1 };
            _planes.Add(column[0].GetString()!, bytes[at..(at + size)]);
            at += size;
        }
        Assert.Equal(bytes.Length, at);
    }

    public JsonElement Values { get; }

    public double[] Doubles(string name) => [.. Numbers(name, 8).Select(bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes))];

    public int[] UShorts(string name) => [.. Numbers(name, 2).Select(bytes => (int)BinaryPrimitives.ReadUInt16LittleEndian(bytes))];

    IEnumerable<byte[]> Numbers(string name, int width)
    {
        var planes = _planes[name];
        var count = planes.Length / width;
        return Enumerable.Range(0, count).Select(i => Enumerable.Range(0, width).Select(plane => planes[plane * count + i]).ToArray());
    }
}
