using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Scoring.Simd.Resampling;

namespace LocalOpinions.Scoring.Simd.Tests.Effects;

/// <summary>A planted movement toward the named country is found, with its size; where none is planted, none is found.</summary>
public class PlantedEffectTests(ITestOutputHelper output)
{
    const int Studies = 1000;
    const int Families = 150;
    const double Movement = 0.15, Noise = 0.3;

    [Fact]
    public void A_planted_effect_is_recovered_with_its_interval_in_a_seeded_tenth_of_studies()
    {
        Assert.SkipWhen(InstructionSetTests.IsChild, "what a study finds does not depend on the instructions");
        Recover(Studies / 10, 4000, slack: 0.06);
    }

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void A_planted_effect_is_recovered_with_its_interval() => Recover(Studies, 40_000, slack: 0.02);

    // By chance a tenth of the studies may find a little more than 5 in 100.
    [Fact]
    public void A_planted_null_is_not_found_in_a_seeded_tenth_of_studies()
    {
        Assert.SkipWhen(InstructionSetTests.IsChild, "what a study finds does not depend on the instructions");
        FindNothing(Studies / 10, most: 0.07);
    }

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void A_planted_null_is_not_found_in_more_than_5_percent_of_studies() => FindNothing(Studies, most: 0.05);

    void Recover(int studies, int familiesOfTruth, double slack)
    {
        // The truth is what one immense study finds.
        var (changes, differences) = Columns(new World(-1, familiesOfTruth), Movement, alike: false, out _);
        var truth = Means([.. changes, .. differences]);
        int found = 0, held = 0;
        var gate = new Lock();
        Parallel.For(0, studies, new ParallelOptions { MaxDegreeOfParallelism = 2 }, study =>
        {
            var (bootstrap, p) = Study(study, Movement, alike: false);
            var inside = Enumerable.Range(0, truth.Length)
                .Count(column => bootstrap.Percentile(column) is var i && i.Low <= truth[column] && truth[column] <= i.High);
            lock (gate)
                (found, held) = (found + p.Count(x => x < 0.05), held + inside);
        });
        var coverage = (double)held / studies / truth.Length;
        output.WriteLine($"{studies} studies: own change, then wrong-country difference, by country: "
            + $"{string.Join(" ", truth.Select(t => t.ToString("f3")))}; covered {coverage:p2}; found "
            + $"{(double)found / studies / World.Countries:p2}");
        // The people of the first country are so near to everybody that moving to them is moving to all: little of that is theirs alone.
        Assert.All(truth[World.Countries..], t => Assert.True(t > 0.005));
        Assert.InRange(coverage, 0.95 - slack, 0.95 + slack);
        Assert.True(found > 0.85 * studies * World.Countries);
    }

    void FindNothing(int studies, double most)
    {
        int wrongCountry = 0, excess = 0;
        Parallel.For(0, studies, new ParallelOptions { MaxDegreeOfParallelism = 2 }, study =>
        {
            // The wrong-country difference compares prompts that name a country, so the countries may differ as they like.
            if (Study(study, 0, alike: false).P.Any(p => p < 0.05))
                Interlocked.Increment(ref wrongCountry);
            // The change beyond that of others compares countries: it is 0 only among such as are equally far from the model.
            if (Excess(study).Any(p => p < 0.05))
                Interlocked.Increment(ref excess);
        });
        output.WriteLine($"found in {(double)wrongCountry / studies:p1} by the wrong-country difference, in {(double)excess / studies:p1} "
            + $"by the change beyond others', of {studies}");
        Assert.True(wrongCountry <= most * studies, $"{wrongCountry} of {studies}");
        Assert.True(excess <= most * studies, $"{excess} of {studies}");
    }

    /// <summary>One study: own changes and wrong-country differences with their bootstrap, and Holm's p-values of the latter.</summary>
    static (Bootstrap Bootstrap, double[] P) Study(int seed, double movement, bool alike)
    {
        var world = new World(seed, Families);
        var (changes, differences) = Columns(world, movement, alike, out _);
        var bootstrap = Run([.. changes, .. differences], world.Families, seed);
        double[] p = [.. Enumerable.Range(World.Countries, World.Countries).Select(bootstrap.PValue)];
        Holm.Adjust(p, p);
        return (bootstrap, p);
    }

    static double[] Excess(int seed)
    {
        var world = new World(seed + 1_000_000, Families);
        _ = Columns(world, 0, alike: true, out var excesses);
        var bootstrap = Run(excesses, world.Families, seed);
        double[] p = [.. Enumerable.Range(0, World.Countries).Select(bootstrap.PValue)];
        Holm.Adjust(p, p);
        return p;
    }

    static (double[][] Changes, double[][] Differences) Columns(World world, double movement, bool alike, out double[][] excesses)
    {
        var (standard, named) = world.Ask(movement, Noise, alike);
        var questions = world.Families.Length;
        double[][] changes = Arrays(), differences = Arrays();
        excesses = Arrays();
        for (var c = 0; c < World.Countries; c++)
        {
            var isNamed = new bool[World.Countries];
            isNamed[c] = true;
            bool[] isOther = [.. isNamed.Select(n => !n)];
            double[] own = new double[questions], others = new double[questions];
            Steering.Change(named[c], standard, isNamed, isOther, changes[c], others, excesses[c]);
            // What a name does to its own people is no yardstick for what names do to everybody.
            double[][] wrong = [.. named.Select((table, other) => (double[])[.. table.Select((s, i) =>
                i % World.Countries == other ? double.NaN : s)]).Where((_, other) => other != c)];
            Steering.Change(named[c], Steering.MeanOf(wrong), isNamed, isOther, own, others, differences[c]);
        }
        return (changes, differences);

        double[][] Arrays() => [.. Enumerable.Range(0, World.Countries).Select(_ => new double[questions])];
    }

    static Bootstrap Run(double[][] columns, int[] families, int seed)
    {
        var values = new double[columns.Length * families.Length];
        for (var question = 0; question < families.Length; question++)
            for (var column = 0; column < columns.Length; column++)
                values[question * columns.Length + column] = columns[column][question];
        return Bootstrap.Run(values, columns.Length, families, 1000, (ulong)seed, threads: 1);
    }

    static double[] Means(double[][] columns) => [.. columns.Select(c => c.Where(v => !double.IsNaN(v)).Average())];
}
