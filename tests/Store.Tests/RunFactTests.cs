using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

/// <summary>A run's plan and its noise floor.</summary>
public sealed class RunFactTests : StoreTest
{
    [Fact]
    public void A_run_has_one_plan()
    {
        using (var results = Fresh())
        {
            var run = Sample.Begin(results, 10);
            Assert.Null(Assert.Single(results.Runs()).PlanSha256);
            results.SetPlan(run, "a1");
            results.Append([Sample.Answer(run, Sample.Questions(10)[0])], []);
            results.SetPlan(run, "a1");
        }

        using var again = ResultsFile.Open(File());
        var id = Assert.Single(again.Runs()).RunId;
        var error = Fails(StoreError.PlanConflict, () => again.SetPlan(id, "b2"));
        Assert.Contains("a1", error.Message, StringComparison.Ordinal);
        Assert.Contains("b2", error.Message, StringComparison.Ordinal);
        Assert.Contains("another results file", error.Message, StringComparison.Ordinal);
        Assert.Equal("a1", Assert.Single(again.Runs()).PlanSha256);
        Assert.Equal(id, Sample.Begin(again, 10));
        Assert.Throws<ArgumentException>(() => again.SetPlan(id, " "));
        Assert.Throws<ArgumentException>(() => again.SetPlan(99, "a1"));
    }

    [Fact]
    public void What_is_wrong_with_a_model_stands_with_its_run_once()
    {
        using var results = Fresh();
        var run = Sample.Begin(results, 10);
        Assert.Empty(results.Warnings(run));
        results.AddWarnings(run, ["one", "two"]);
        results.AddWarnings(run, ["two", "three"]);
        Assert.Equal(["one", "two", "three"], results.Warnings(run));
        Assert.Throws<ArgumentException>(() => results.AddWarnings(99, ["one"]));
    }

    [Fact]
    public void A_noise_floor_comes_back_as_it_went_in_and_a_newer_one_replaces_it()
    {
        using var results = Fresh();
        var run = Sample.Begin(results, 10);
        Assert.Null(results.NoiseFloor(run));
        Assert.Null(Assert.Single(results.Runs()).NoiseFloor);
        NoiseFloorRow rounding = new(4, 0.001, 0.002, 0.003, 0.004, null, null);
        results.ReplaceRoundingFloor(run, rounding);
        NoiseFloorRow[] rows = [new(64, 0.012, 0.079, 0.05, 0.4, 0.003, 0.02), new(8, 1e-300, 0.25, 0, 0, null, null)];
        foreach (var row in rows)
        {
            results.ReplaceNoiseFloor(run, row);
            Assert.Equal(row, results.NoiseFloor(run));
            Assert.Equal(row, Assert.Single(results.Runs()).NoiseFloor);
            Assert.Equal(rounding, results.RoundingFloor(run));
            Assert.Equal(rounding, Assert.Single(results.Runs()).RoundingFloor);
        }

        Assert.Throws<ArgumentException>(() => results.NoiseFloor(99));
    }

    [Fact]
    public void Numbers_that_no_noise_floor_has_are_refused()
    {
        using var results = Fresh();
        var run = Sample.Begin(results, 10);
        var good = new NoiseFloorRow(64, 0.012, 0.079, 0.05, 0.4, 0.003, 0.02);
        NoiseFloorRow[] bad =
        [
            good with { Prompts = 0 }, good with { MeanProb = double.NaN }, good with { MaxProb = double.PositiveInfinity }, good
                with { MeanProb = -0.1 },
            good with { MeanProb = 0.08 }, good with { MaxLogProb = 0.01 }, good with { MeanSimilarity = null }, good
                with { MaxSimilarity = 0.001 },
        ];
        foreach (var row in bad)
            Assert.Throws<ArgumentException>(() => results.ReplaceNoiseFloor(run, row));
        Assert.Throws<ArgumentException>(() => results.ReplaceNoiseFloor(99, good));
        Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM noise_floors"));
    }
}
