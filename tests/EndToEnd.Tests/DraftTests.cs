using System.Security.Cryptography;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>A model that drafts a translation: what it writes is checked, counted and marked.</summary>
public sealed class DraftTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("llama-spm")]
    [InlineData("qwen3-bpe")]
    public void The_nonsense_of_a_random_model_is_left_out_counted_and_the_same_again(string model)
    {
        _cli.Run("translate", "export", "sample", "-o", "empty.csv").Succeeded();
        var texts = File.ReadAllLines(_cli.PathOf("empty.csv")).Length - 1;
        var outcome = Draft(model, "sheet.csv", "--json").Succeeded().Json;
        Assert.Equal(("ru", texts), (outcome.GetProperty("language").GetString(), outcome.GetProperty("texts").GetInt32()));
        var empty = outcome.GetProperty("empty").EnumerateArray().ToList();
        Assert.Equal(texts, outcome.GetProperty("drafted").GetInt32() + empty.Sum(e => e.GetProperty("texts").GetInt32()));
        Assert.True(empty.Sum(e => e.GetProperty("texts").GetInt32()) > texts / 2);
        Assert.All(empty, e => Assert.Matches("^[0-9]+, (question|option [0-9]+)$", e.GetProperty("first").GetString()!));
        var lines = File.ReadAllLines(_cli.PathOf("sheet.csv"));
        Assert.Equal(("id,part,source,translation,draft", texts + 1), (lines[0], lines.Length));

        var told = Draft(model, "again.csv").Succeeded().Output;
        Assert.Contains("Have a person check", told);
        Assert.Contains($"--provenance machine --translator \"{model}, sha256 "
            + $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Cli.Tiny(model))))}\" -o \"again.yaml\"", told);
        Assert.Equal(lines, File.ReadAllLines(_cli.PathOf("again.csv")));
    }

    [Fact]
    public void A_machines_texts_are_not_taken_for_a_persons()
    {
        _cli.Run("translate", "export", "sample", "--translations",
            Path.Combine(Repository.Root, "src", "Surveys", "Sample", "sample-ru.yaml"), "-o", "sheet.csv").Succeeded();
        string[] import = ["translate", "import", "sheet.csv", "sample", "--language", "ru", "--translator", "A. Name", "-o", "ru.yaml"];
        _cli.Run([.. import, "--provenance", "human"]).Failed(
            3, "sheet.csv, row 0", "texts are still the machine's draft", "--provenance machine");
        Assert.False(File.Exists(_cli.PathOf("ru.yaml")));
        Assert.Contains("24 of 24 questions in ru, by a machine", _cli.Run([.. import, "--provenance", "machine"]).Succeeded().Output);
    }

    [Fact]
    public void Mistakes_are_told_before_a_model_is_loaded()
    {
        File.WriteAllText(_cli.PathOf("sheet.csv"), "mine");
        Draft("llama-spm", "sheet.csv").Failed(3, "sheet.csv is there already");
        Assert.Equal("mine", File.ReadAllText(_cli.PathOf("sheet.csv")));
        _cli.Run("translate", "draft", "sample", "-m", "nonesuch", "--language", "en", "-o", "s.csv").Failed(2, "is in en already");
        _cli.Run("translate", "draft", "sample", "-m", "nonesuch", "--language", "ru", "-o", "s.csv").Failed(3, "nonesuch");
        _cli.Run("translate", "draft", "sample", "-m", "nonesuch", "--language", "Russian", "-o", "s.csv").Failed(2, "BCP 47");
    }

    Ended Draft(string model, string file, params string[] more) =>
        _cli.Run(["translate", "draft", "sample", "-m", Cli.Tiny(model), "--language", "ru", "-o", file, "--threads", Cli.Threads,
        .. more]);
}
