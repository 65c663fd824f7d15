namespace LocalOpinions.Runner.Tests;

/// <summary>Text files of every kind, damaged at random: read or refused in words, and left as they are.</summary>
public sealed class DamagedFileTests : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    static readonly (string File, string[] Command)[] s_read =
    [
        ("long.csv", ["surveys", "long.csv"]),
        ("published.csv", ["surveys", "published.csv"]),
        ("own.yaml", ["surveys", "own.yaml"]),
        ("own.json", ["surveys", "own.json"]),
        ("own.yaml", ["surveys", "convert", "own.yaml", "-o", "new.yaml"]),
        ("own.tr.yaml", ["translate", "check", "own.tr.yaml", "own.yaml"]),
        ("sheet.csv", ["translate", "import", "sheet.csv", "own.yaml", "--language", "tr", "--provenance", "human", "--translator", "A",
            "-o", "new.yaml"]),
        ("import.csv", ["import", "import.csv", "--survey", "own.yaml", "--out", "new.duckdb"]),
        ("study.json", ["study", "--from", "study.json", "--out", "new.duckdb"]),
        ("script.sql", ["sql", "results.duckdb", "-f", "script.sql"]),
        ("codes.csv", ["texts", "codes", "results.duckdb", "codes.csv"]),
    ];

    readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public Task Fifty_damaged_files_are_read_or_refused() => ReadOrRefuseAsync(50, seed: 1);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public Task Five_hundred_damaged_files_are_read_or_refused() => ReadOrRefuseAsync(500, seed: 2);

    async Task ReadOrRefuseAsync(int count, int seed)
    {
        Specimens.Write(_line);
        await Specimens.WriteResultsAsync(_line);
        Assert.Equal(ExitCodes.Done, (await _line.RunAsync("texts", "sheet", "results.duckdb", "-o", "codes.csv")).Code);
        var whole = _line.Files().Keys.ToDictionary(name => name, File.ReadAllBytes);
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < count; i++)
        {
            var (file, command) = s_read[i % s_read.Length];
            File.WriteAllBytes(file, Specimens.Damaged(whole[file], random));
            var before = _line.Files();
            var end = await _line.RunAsync(command).WaitAsync(s_patience);
            Assert.True(end.Code is ExitCodes.Done or ExitCodes.Usage or ExitCodes.File, $"{end}\n{File.ReadAllText(file)}");
            Assert.False(CommandLine.Internals().IsMatch(end.Error), $"{end}\n{File.ReadAllText(file)}");
            var after = _line.Files();
            Assert.All(before, f => Assert.Equal((f.Key, f.Value), (f.Key, after.GetValueOrDefault(f.Key))));
            foreach (var made in after.Keys.Except(before.Keys))
            {
                Assert.True(end.Code == ExitCodes.Done, $"{made} was made by {end}");
                File.Delete(made);
            }
            File.WriteAllBytes(file, whole[file]);
            refused += end.Code == ExitCodes.Done ? 0 : 1;
        }
        Assert.InRange(refused, count / 4, count);
    }
}
