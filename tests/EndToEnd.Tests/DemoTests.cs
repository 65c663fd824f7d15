using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

public sealed class DemoTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_stranger_sees_whose_opinions_the_model_resembles_and_what_to_do_next()
    {
        var demo = _cli.Run("demo", "--threads", Cli.Threads).Succeeded();
        foreach (var part in new[] { "Whose opinions", "United States", "similarity", "uniform", "off-menu", "Demonstration only",
            "24 questions, 24 answers", "report demo.duckdb", "sql demo.duckdb" })
            Assert.Contains(part, demo.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u001b', demo.Output);

        var countries = _cli.Run("sql", "demo.duckdb", "select country, iso3, n, similarity_bits from country_similarity", "--json")
            .Succeeded().Json;
        Assert.True(countries.GetArrayLength() >= 12);
        Assert.All(countries.EnumerateArray(), c => Assert.InRange(c.GetProperty("similarity_bits").GetDouble(), 0, 1));

        _cli.Run("report", "demo.duckdb", "-o", "report.html").Succeeded();
        Assert.Contains("Content-Security-Policy", File.ReadAllText(_cli.PathOf("report.html")));
    }

    [Fact]
    public void A_demo_never_touches_an_earlier_one()
    {
        File.WriteAllText(_cli.PathOf("demo.duckdb"), "something of the user's");
        _cli.Run("demo", "--threads", Cli.Threads).Succeeded();
        Assert.Equal("something of the user's", File.ReadAllText(_cli.PathOf("demo.duckdb")));
        Assert.True(File.Exists(_cli.PathOf("demo-2.duckdb")));
    }

    [Fact]
    public void The_bundled_model_is_the_one_its_page_describes()
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Repository.DefaultModel)));
        Assert.Contains(hash, File.ReadAllText(Path.Combine(Repository.Root, "models", "README.md")));
    }
}
