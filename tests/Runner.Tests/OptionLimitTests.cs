using System.Text.Json;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Surveys;
using LocalOpinions.Tests;

namespace LocalOpinions.Runner.Tests;

/// <summary>How many options a question may have is said once per room that knows of no other: all say the same.</summary>
public class OptionLimitTests
{
    [Fact]
    public void What_can_be_asked_can_be_scored() => Assert.Equal(
        (OptionLimits.Fewest, OptionLimits.Most), (DistributionBlock.FewestOptions, DistributionBlock.MostOptions));

    [Fact]
    public void Schemas_and_views_hold_the_same_limits()
    {
        var schema = JsonDocument.Parse(Text("src", "Surveys", "Schemas", "translation.schema.json")).RootElement;
        Assert.Equal((OptionLimits.Fewest, OptionLimits.MostLabelled), Limits(schema.GetProperty("properties").GetProperty("labels")));
        Assert.Contains($"WHEN a.position < {OptionLimits.MostLabelled} THEN", Text("src", "Store", "Schema", "views", "20-answers.sql"));
    }

    static (int Fewest, int Most) Limits(JsonElement list) =>
        (list.GetProperty("minItems").GetInt32(), list.GetProperty("maxItems").GetInt32());

    static string Text(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path]));
}
