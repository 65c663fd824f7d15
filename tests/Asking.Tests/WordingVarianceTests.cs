using LocalOpinions.Analysis;
using LocalOpinions.Analysis.FollowUp;
using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Store;
using LocalOpinions.Surveys.Wordings;
using LocalOpinions.Tests;

namespace LocalOpinions.Asking.Tests;

/// <summary>The parts of a similarity's variance, from stored runs.</summary>
public sealed class WordingVarianceTests : RunTest
{
    [Fact]
    public async Task What_does_nothing_has_no_part()
    {
        await RunAsync(new MadeUpModel { Deaf = true }, Wordings("cyclic"));
        using var results = ResultsFile.OpenReadOnly(At("r.duckdb"));
        var found = WordingVariance.Of(results, 2)!;
        Assert.Equal((24, 4), (found.Questions, found.Wordings.Count));
        Assert.Equal(["question", "wording", "question by wording", "order", "rest"], found.Parts.Select(p => p.Source));
        // This model knows options by what they say: neither wording nor order moves it.
        Assert.Equal([1, 0, 0, 0, 0], found.Parts.Select(p => Math.Round(p.Share, 9)));
        Assert.True(found.OfAMean < 1e-9);
        Assert.Contains("24 questions, 4 wordings", found.Sentence());
        Assert.Equal(found.Parts, WordingVariance.Among(results, [1, 2, 3, 4])!.Parts);
        Assert.Equal("Brazil", WordingVariance.Of(results, 1, "Brazil")!.Country);
        Assert.Throws<InputException>(() => WordingVariance.Of(results, 1, "Atlantis"));
    }

    // By the two-way table, over the similarities as scoring stored them.
    [Fact]
    public async Task In_one_order_it_is_the_two_way_table_of_the_stored_similarities()
    {
        await RunAsync(new MadeUpModel(), Wordings("faithful"));
        using var results = ResultsFile.OpenReadOnly(At("r.duckdb"));
        var rows = results.Read<Stored>("""
            SELECT s.source_row, s.run_id, avg(1 - sqrt(s.js_bits)) AS value FROM similarities AS s JOIN countries AS c USING (country_id)
            WHERE c.sample_kind <> 'non-national' GROUP BY ALL ORDER BY ALL
            """).GroupBy(s => s.SourceRow).Select(g => g.Select(s => s.Value).ToArray()).ToList();
        var (n, grand) = (rows.Count, rows.Average(r => r.Average()));
        double[] wordings = [.. Enumerable.Range(0, 4).Select(w => rows.Average(r => r[w]))];
        var rest = rows.Sum(r => r.Select((v, w) => Math.Pow(v - r.Average() - wordings[w] + grand, 2)).Sum()) / ((n - 1) * 3);
        var between = 4 * rows.Sum(r => Math.Pow(r.Average() - grand, 2)) / (n - 1);
        var among = n * wordings.Sum(w => Math.Pow(w - grand, 2)) / 3;
        var found = WordingVariance.Of(results, 1)!;
        Assert.Equal(["question", "wording", "rest"], found.Parts.Select(p => p.Source));
        Assert.Equal((between - rest) / 4, found.Parts[0].Variance, 1e-6);
        Assert.Equal((among - rest) / n, found.Parts[1].Variance, 1e-6);
        Assert.Equal(rest, found.Parts[2].Variance, 1e-6);
        // No noise floor was measured.
        Assert.Equal(double.NaN, found.NoiseAtMost);
        Assert.All(found.Parts, p => Assert.InRange(p.Share, p.Low - 0.05, p.High + 0.05));
    }

    [Fact]
    public async Task One_wording_in_one_order_has_no_parts()
    {
        await RunAsync(new MadeUpModel(), Sample(4) with { Design = DesignChoice.Default with { Perturbations = ["typos"] } });
        using var results = ResultsFile.OpenReadOnly(At("r.duckdb"));
        Assert.Null(WordingVariance.Of(results, 1));
        // A perturbed prompt is no wording.
        Assert.Null(WordingVariance.Of(results, 2));
    }

    [Fact]
    public async Task Of_it_the_arithmetics_noise_is_bounded_by_the_runs_noise_floors()
    {
        var model = new GgufModel(ModelFile.Find(Repository.DefaultModel, []))
        {
            Device = DeviceChoice.Cpu,
            Threads = 1,
            Isolate = false,
        };
        await RunAsync(model, Wordings("faithful") with { Limit = 6 });
        using var results = ResultsFile.OpenReadOnly(At("r.duckdb"));
        var found = WordingVariance.Of(results, 1)!;
        var floors = results.Read<Floor>("SELECT mean_similarity AS mean, max_similarity AS max FROM noise_floors");
        Assert.Equal(4, floors.Count);
        Assert.Equal(floors.Average(f => f.Mean * f.Max) / found.Parts.Sum(p => Math.Max(0, p.Variance)), found.NoiseAtMost, 1e-9);
        Assert.InRange(found.NoiseAtMost, 1e-9, 0.1);
        Assert.Matches(@"; by the runs' noise floors the arithmetic's noise is at most [0-9]\.[0-9] % of all of it\.", found.Sentence());
        // Of one country the floor has no figure.
        Assert.Equal(double.NaN, WordingVariance.Of(results, 1, "Brazil")!.NoiseAtMost);
    }

    AskingJob Wordings(string orders)
    {
        File.WriteAllBytes(At("w.yaml"), WordingStarter.Example());
        return Sample() with { Design = DesignChoice.Default with { Wordings = At("w.yaml"), Orders = orders } };
    }

    sealed record Floor(double Mean, double Max);

    sealed record Stored(int SourceRow, int RunId, double Value);
}
