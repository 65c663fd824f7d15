using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine;
using LocalOpinions.Store;

namespace LocalOpinions.Asking.Tests;

/// <summary>A source that is no model file, and cannot do what one can.</summary>
public sealed class SourceTests : RunTest
{
    [Fact]
    public async Task Its_identity_needs_no_file()
    {
        var run = await RunAsync(new MadeUpModel("a server"), Sample());
        Assert.Equal(("a server", "made-up:a server"), (run.Model, run.ModelSha256));
        using (var results = ResultsFile.OpenReadOnly(At("r.duckdb")))
        using (var models = results.Query("SELECT name, path, sha256, file_bytes FROM models"))
            Assert.Equal(["a server", "nowhere", "made-up:a server", 0L], models.Rows.Single());
        Assert.Equal(0, (await RunAsync(new MadeUpModel("a server"), Sample())).Answered);
        Assert.NotEqual(0, (await RunAsync(new MadeUpModel("another"), Sample())).Answered);
        Assert.Equal(2, Count("SELECT count(*) FROM run_overview"));
    }

    [Fact]
    public async Task What_it_cannot_do_is_not_asked_of_it_and_not_stored()
    {
        var model = new MadeUpModel();
        var run = await new Running.RunJob(new() { Model = model, Job = Sample(), Output = At("r.duckdb"), Probe = true })
            .ExecuteAsync(default);
        Assert.Empty(model.Tasks);
        Assert.Equal((null, null, null), (run.Probe, run.Runs[0].NoiseFloor, run.Runs[0].PlanSha256));
        Assert.Equal(0, Count("SELECT count(*) FROM runs WHERE plan_sha256 IS NOT NULL"));
    }

    [Fact]
    public async Task One_with_a_plan_has_it_stored()
    {
        var abilities = new SourceAbilities { WholeOffMenu = true, Plan = true };
        var run = await RunAsync(new MadeUpModel { Abilities = abilities }, Sample());
        Assert.Equal($"plan of {run.Answered}", run.Runs[0].PlanSha256);
    }

    // One damaged weight may touch one prompt only.
    [Fact]
    public async Task A_prompt_without_numbers_is_listed_by_its_row_and_the_others_are_answered()
    {
        var rows = (await RunAsync(new MadeUpModel("sound"), Sample())).Questions;
        var run = await RunAsync(new MadeUpModel { WithoutNumbers = [18] }, Sample());
        Assert.Equal((rows - 1, 18, "no numbers"), (run.Answered, run.Unanswered.Single().SourceRow, run.Unanswered.Single().Reason));
        Assert.Equal(1, Count("SELECT count(*) FROM unanswered WHERE source_row = 18 AND reason = 'no numbers'"));
        // It is asked again, and takes nothing from the others.
        Assert.Equal(0, (await RunAsync(new MadeUpModel { WithoutNumbers = [18] }, Sample())).Answered);
        Assert.Equal(1, (await RunAsync(new MadeUpModel(), Sample())).Answered);
    }

    [Fact]
    public async Task A_model_without_any_numbers_is_told_as_damaged()
    {
        var all = Enumerable.Range(0, 3000).ToList();
        var e = await Assert.ThrowsAsync<EngineException>(() => RunAsync(new MadeUpModel { WithoutNumbers = all }, Sample()));
        Assert.Matches(@"^The model answers none of the \d+ prompts\. Row \d+: no numbers\.$", e.Message);
    }

    // A server gives the most probable tokens only: what lies outside the labels is then known from below, not as it is.
    [Fact]
    public async Task A_bound_of_the_off_menu_mass_is_not_stored_as_the_mass()
    {
        var run = await RunAsync(new MadeUpModel { Abilities = new() }, Sample());
        Assert.Null(run.Runs[0].OffMenu);
        Assert.Equal(0, Count("SELECT count(*) FROM answers WHERE label_mass IS NOT NULL OR off_menu IS NOT NULL OR len(log_probs) > 0"));
        Assert.NotEqual(0, Count("SELECT count(*) FROM similarities"));
    }

    [Fact]
    public void A_job_comes_out_of_JSON_as_it_went_in()
    {
        var job = Sample(7) with
        {
            Design = new()
            {
                Countries = ["Brazil"],
                Orders = "sample:3",
                Layout = TurnLayout.Chat,
                Control = Surveys.Prompts.Control.WrongCountry,
            },
            Sample = 5,
            Seed = 9,
            Named = ["1", "2"],
            Exact = true,
            MostPrompts = 3,
        };
        var again = Workers.WorkerJson.Read<AskingJob>(Workers.WorkerJson.Write(job));
        Assert.Equal(Workers.WorkerJson.Write(job), Workers.WorkerJson.Write(again));
        Assert.Equal(job.Design.Countries, again.Design.Countries);
        Assert.Equal((5, 9, true, 3), (again.Sample, again.Seed, again.Exact, again.MostPrompts));
    }
}
