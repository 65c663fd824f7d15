using LocalOpinions.Store.Rows;
using LocalOpinions.Study.Findings;

namespace LocalOpinions.Study.Tests;

/// <summary>
/// Whether a name moves a model to its people, on models whose answers a name changes in ways that have nothing to do with the people
/// named: few of them may have any significant finding.
/// </summary>
public sealed class NamingNullTests(ITestOutputHelper output)
{
    const int Models = 200;
    const double Most = 0.07;

    public static TheoryData<string> Nulls => ["noise", "world", "sharpness"];

    // By chance a tenth of the models may have a little more than 7 in 100.
    [Theory, MemberData(nameof(Nulls))]
    public void A_name_that_says_nothing_is_not_heard_in_a_seeded_tenth_of_models(string change) =>
        Assert.InRange(Found(change, Models / 10), 0, 0.15);

    // The last two are what the statistic cannot rule out in principle.
    [Theory(Explicit = true), MemberData(nameof(Nulls)), InlineData("world of its own strength"), InlineData("world, where it is near")]
    [Trait("Category", "Long")]
    public void A_name_that_says_nothing_is_not_heard_in_more_than_7_percent_of_models(string change) =>
        Assert.InRange(Found(change, Models), 0, Most);

    [Fact]
    public void A_small_movement_to_the_people_named_is_found_also_where_names_change_the_sharpness()
    {
        using var world = new PlantedWorld(1);
        var random = new Random(2);
        var model = world.Model(random);
        var findings = Find(world, model, country => PlantedWorld.At(PlantedWorld.Noisy(PlantedWorld.Moved(model, 0.15,
            row => world.People[row].GetValueOrDefault(country)), 0.2, random), 0.7 + 0.6 * random.NextDouble()), 3);
        Assert.Equal(PlantedWorld.Named, findings.Select(f => f.Subject!));
        Assert.All(findings, f => Assert.True(f.Verdict == "yes" && f.Low > 0, $"{f.Subject}: {f.Value} {f.Verdict}"));
    }

    double Found(string change, int models)
    {
        using var world = new PlantedWorld(1);
        var nearHalf = PlantedWorld.Named.OrderByDescending(world.NearnessToWorld).Take(PlantedWorld.Named.Length / 2).ToHashSet();
        var found = 0;
        for (var seed = 0; seed < models; seed++)
        {
            var random = new Random(1000 + seed);
            var model = world.Model(random);
            var share = 0.1 + 0.4 * random.NextDouble();
            var findings = Find(world, model, country => change switch
            {
                "world, where it is near" => PlantedWorld.Noisy(
                    PlantedWorld.Moved(model, nearHalf.Contains(country) ? 0.5 : 0.05, row => world.World[row]), 0.2, random),
                "noise" => PlantedWorld.Noisy(model, 0.3, random),
                "world of its own strength" => PlantedWorld.Noisy(
                    PlantedWorld.Moved(model, 0.05 + 0.45 * random.NextDouble(), row => world.World[row]), 0.2, random),
                "world" => PlantedWorld.Noisy(PlantedWorld.Moved(model, share, row => world.World[row]), 0.2, random),
                _ => PlantedWorld.At(model, 0.6 + 0.8 * random.NextDouble()),
            }, seed);
            Assert.Equal(PlantedWorld.Named.Length, findings.Count);
            found += findings.Any(f => f.Verdict is "yes" or "no, the opposite") ? 1 : 0;
        }

        output.WriteLine($"{change}: {found} of {models} models with any finding");
        return (double)found / models;
    }

    static List<FindingRow> Find(PlantedWorld world, double[][] model, Func<string, double[][]> answersFor, int seed)
    {
        var (modelId, standard, runs) = world.Add(model, answersFor);
        return [.. NamingFindings.Of(world.Data(seed), modelId, standard, runs).Where(f => f.Measure == NamingFindings.WrongCountry)];
    }
}
