using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

public sealed class DemoTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_stranger_sees_whose_opinions_the_model_resembles_and_what_to_do_next()
    {
        var demo = DemoRun.Make(_cli);
        foreach (var part in new[] { "Whose opinions", "United States", "similarity", "uniform", "off-menu", "Demonstration only",
            "24 questions, 24 answers", $"report {DemoRun.File}", $"sql {DemoRun.File}" })
            Assert.Contains(part, demo.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u001b', demo.Output);

        var countries = _cli.Run("sql", DemoRun.File, "select country, iso3, n, similarity_bits from country_similarity", "--json")
            .Succeeded().Json;
        Assert.True(countries.GetArrayLength() >= 12);
        Assert.All(countries.EnumerateArray(), c => Assert.InRange(c.GetProperty("similarity_bits").GetDouble(), 0, 1));

        _cli.Run("report", DemoRun.File, "-o", "report.html").Succeeded();
        Assert.Contains("Content-Security-Policy", File.ReadAllText(_cli.PathOf("report.html")));
    }

    [Fact]
    public void A_demo_never_touches_an_earlier_one()
    {
        DemoRun.Make(_cli);
        Assert.Equal(DemoRun.Precious, File.ReadAllText(_cli.PathOf("demo.duckdb")));
        Assert.True(File.Exists(_cli.PathOf(DemoRun.File)));
    }

    [Fact]
    public void The_bundled_model_is_the_one_its_page_describes()
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Repository.DefaultModel)));
        Assert.Contains(hash, File.ReadAllText(Path.Combine(Repository.Root, "models", "README.md")));
    }
}
