using LocalOpinions.EndToEnd.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>Results files damaged at random, each read by a process of its own: native code may not end it.</summary>
public sealed class DamagedResultsTests : IDisposable
{
    static readonly string[][] s_reading =
    [
        ["sql", "r.duckdb", "from country_similarity"], ["report", "r.duckdb", "-o", "r.html"], ["compare", "r.duckdb"],
        ["score", "r.duckdb"], ["merge", "r.duckdb", "-o", "new.duckdb"],
    ];

    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Five_damaged_files_are_read_or_refused() => ReadOrRefuse(5, seed: 1);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void Fifty_damaged_files_are_read_or_refused() => ReadOrRefuse(50, seed: 2);

    void ReadOrRefuse(int count, int seed)
    {
        _cli.RunOnce("run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--limit", "4", "--out", "r.duckdb", "--threads", "1",
            "--no-isolate");
        var whole = File.ReadAllBytes(_cli.PathOf("r.duckdb"));
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            File.WriteAllBytes(_cli.PathOf("r.duckdb"), Damaged(whole, random));
            var ended = _cli.Run(s_reading[i % s_reading.Length]);
            Assert.True(ended.Code is 0 or 3, $"{s_reading[i % s_reading.Length][0]}: {ended.Code}, {ended.Error}");
            Assert.DoesNotContain("   at ", ended.Error + ended.Output);
            Assert.DoesNotContain("Exception", ended.Error + ended.Output);
            foreach (var made in Directory.GetFiles(_cli.Folder).Where(f => Path.GetFileName(f) != "r.duckdb"))
                File.Delete(made);
        }
    }

    // Cut short, a block overwritten, a bit turned over, a block of zeros.
    static byte[] Damaged(byte[] whole, Random random)
    {
        var bytes = (byte[])whole.Clone();
        var at = random.Next(bytes.Length);
        switch (random.Next(4))
        {
            case 0:
                return bytes[..at];
            case 1:
                random.NextBytes(bytes.AsSpan(at, Math.Min(4096, bytes.Length - at)));
                break;
            case 2:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            default:
                bytes.AsSpan(at, Math.Min(4096, bytes.Length - at)).Clear();
                break;
        }
        return bytes;
    }
}
