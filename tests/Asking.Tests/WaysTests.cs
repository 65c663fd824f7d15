using LocalOpinions.Analysis;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Remote;
using LocalOpinions.Endpoints;
using LocalOpinions.Surveys.Prompts;
using LocalOpinions.Surveys.Wordings;

namespace LocalOpinions.Asking.Tests;

/// <summary>Several ways of asking in one run: wordings, what is perturbed, personas and their means.</summary>
public sealed class WaysTests : RunTest
{
    [Fact]
    public async Task Each_wording_of_a_file_is_a_run_of_that_name()
    {
        var design = DesignChoice.Default with { Wordings = File("w.yaml", WordingStarter.Example()), Orders = "cyclic" };
        var run = await RunAsync(new MadeUpModel(), Sample(6) with { Design = design });
        Assert.Equal(["survey-taker", "faithful", "shareable", "corrected"], run.Runs.Select(r => r.Template));
        Assert.Equal(4, Count("SELECT count(*) FROM runs WHERE control = 'none'"));
        // Asked again nothing is asked.
        var again = await RunAsync(new MadeUpModel(), Sample(6) with { Design = design });
        Assert.Equal((0, run.Answered), (again.Answered, again.AlreadyAnswered));
    }

    [Fact]
    public void An_unchanged_wording_from_a_file_is_the_templates_own_run()
    {
        var own = PromptDesign.For(DesignChoice.Default with { Wordings = File("w.yaml", WordingStarter.Example()) },
            SurveySource.Load("sample"), "sample");
        foreach (var family in Enum.GetValues<TemplateFamily>())
            Assert.Contains(Template.Create(family, PromptEnding.Paren).Sha256, own.Templates.Select(t => t.Sha256));
    }

    [Fact]
    public async Task What_cannot_be_changed_so_is_left_out_of_that_run_alone()
    {
        var design = DesignChoice.Default with
        {
            Perturbations = ["options-reversed", "scale-reversed", "middle-added"],
            Orders = "cyclic",
        };
        var run = await RunAsync(new MadeUpModel(), Sample() with { Design = design });
        Assert.Equal(24, Count("SELECT count(DISTINCT source_row) FROM answers WHERE run_id = 1"));
        Assert.Equal(24, Count("SELECT count(DISTINCT source_row) FROM answers WHERE run_id = 2"));
        for (var id = 3; id <= 4; id++)
        {
            var left = Count($"SELECT count(*) FROM unanswered WHERE run_id = {id}");
            Assert.InRange(left, 1, 23);
            Assert.Equal(24 - left, Count($"SELECT count(DISTINCT source_row) FROM answers WHERE run_id = {id}"));
        }
        Assert.Equal(0, Count("SELECT count(*) FROM unanswered WHERE run_id < 3"));
        Assert.Equal(3, Count("SELECT count(*) FROM runs WHERE control = 'perturbed'"));
        Assert.Contains(run.Unanswered, u => u.Reason.StartsWith("middle-added: ", StringComparison.Ordinal));
        // Nothing is stored of the perturbed wording that would pass for its text.
        Assert.Equal(1, Count("SELECT count(*) FROM templates"));
    }

    // The made-up model gives labels half of the probability: what the middle gets of it is off the menu like the other half.
    [Fact]
    public async Task What_an_added_middle_gets_is_off_the_menu()
    {
        var design = DesignChoice.Default with { Perturbations = ["middle-added"] };
        await RunAsync(new MadeUpModel(), Sample() with { Design = design });
        Assert.True(Count("SELECT count(*) FROM answers WHERE run_id = 2") > 3);
        Assert.Equal(0, Count("SELECT count(*) FROM answers WHERE run_id = 2 AND (label_mass > 0.499 OR label_mass < 0.1)"));
        Assert.Equal(0, Count("SELECT count(*) FROM answers WHERE abs(list_sum(probs) - 1) > 1e-9"));
        Assert.Equal(0, Count("SELECT count(*) FROM answers WHERE abs(label_mass + off_menu - 1) > 1e-9"));
        Assert.Equal(0, Count("SELECT count(*) FROM answers WHERE abs(list_sum([exp(l) FOR l IN log_probs]) - label_mass) > 1e-9"));
        Assert.Equal(0, Count("""
            SELECT count(*) FROM answers AS a JOIN questions AS q USING (source_row)
            WHERE list_sort(a.options) <> range(len(a.probs))
            """));
    }

    const string Personas = """
        format: localopinions-personas/1
        personas:
          - {name: young, words: a student, weight: 3}
          - {name: old, words: a retired teacher}
          - {name: carioca, words: a singer in Rio, country: Brazil, weight: 4}
        """;

    DesignChoice Cast => DesignChoice.Default with
    {
        Family = TemplateFamily.Shareable,
        Personas = File("p.yaml", System.Text.Encoding.UTF8.GetBytes(Personas)),
        Countries = ["Brazil", "Japan"],
        Orders = "cyclic",
    };

    [Fact]
    public async Task A_countrys_run_is_the_mean_of_its_personas_by_weight()
    {
        var run = await RunAsync(new MadeUpModel(), Sample(8) with { Design = Cast });
        Assert.Equal(["young", "old", "carioca", "young", "old", null, null], run.Runs.Select(r => r.Persona));
        Assert.Equal((2, 5), (Count("SELECT count(*) FROM runs WHERE template = 'shareable@personas' AND control = 'none'"),
            Count("SELECT count(*) FROM runs WHERE control = 'persona'")));
        // By the definition, in SQL.
        Assert.Equal(0, Count(Off(6, "CASE run_id WHEN 1 THEN 3 WHEN 2 THEN 1 ELSE 4 END / 8.0", "1, 2, 3")));
        Assert.Equal(0, Count(Off(7, "CASE run_id WHEN 4 THEN 3 ELSE 1 END / 4.0", "4, 5")));
        Assert.Equal(Count("SELECT count(*) FROM answers WHERE run_id = 1"), Count("SELECT count(*) FROM answers WHERE run_id = 6"));
        Assert.True(Count("SELECT count(*) FROM similarities WHERE run_id = 6") > 0);

        static string Off(int mean, string weight, string parts) => $"""
            SELECT count(*) FROM answers AS m
            JOIN (SELECT source_row, order_index, sum({weight} * probs[1]) AS one, sum({weight} * probs[-1]) AS last
                  FROM answers WHERE run_id IN ({parts}) GROUP BY ALL) AS p USING (source_row, order_index)
            WHERE m.run_id = {mean} AND (abs(m.probs[1] - p.one) > 1e-12 OR abs(m.probs[-1] - p.last) > 1e-12)
            """;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    public async Task Interrupted_it_goes_on_to_the_same_means(int after)
    {
        using var stop = new CancellationTokenSource();
        var first = new MadeUpModel { Before = scored => { if (scored >= after) stop.Cancel(); } };
        Assert.True((await RunAsync(first, Sample(8) with { Design = Cast }, cancellation: stop.Token)).Interrupted);
        Assert.Equal(0, Count("SELECT count(*) FROM runs WHERE template = 'shareable@personas'"));
        await RunAsync(new MadeUpModel(), Sample(8) with { Design = Cast });
        await RunAsync(new MadeUpModel(), Sample(8) with { Design = Cast });
        await RunAsync(new MadeUpModel(), Sample(8) with { Design = Cast }, "whole.duckdb");
        Assert.Equal(Rows("whole.duckdb"), Rows());
    }

    [Fact]
    public async Task What_is_a_bound_for_a_persona_is_one_of_the_mean()
    {
        await using var server = new FakeServer(ServerFinder.OpenAi) { Names = false, Echo = "none" };
        await RunAsync(new RemoteModel(ServerAddress.Parse(server.Address), FakeServer.Name) { InFlight = 8 },
            Sample(8) with { Design = Cast });
        Assert.True(Count("SELECT count(*) FROM answer_bounds WHERE run_id = 6") > 0);
        Assert.Equal(0, Count("""
            WITH parts AS (
                SELECT source_row, order_index, list_sort(list_distinct(flatten(list(options)))) AS options,
                    least(1, sum(CASE run_id WHEN 1 THEN 3 WHEN 2 THEN 1 ELSE 4 END / 8.0 * mass)) AS mass
                FROM answer_bounds WHERE run_id IN (1, 2, 3) GROUP BY ALL)
            SELECT count(*) FROM parts AS p
            FULL JOIN (FROM answer_bounds WHERE run_id = 6) AS m USING (source_row, order_index)
            WHERE p.options IS DISTINCT FROM m.options OR NOT coalesce(abs(p.mass - m.mass) < 1e-12, false)
            """));
    }

    [Fact]
    public async Task Another_weight_is_another_mean_of_the_same_answers()
    {
        var design = Cast;
        await RunAsync(new MadeUpModel(), Sample(4) with { Design = design });
        System.IO.File.WriteAllText(At("p.yaml"), Personas.Replace("weight: 3", "weight: 2"));
        var again = await RunAsync(new MadeUpModel(), Sample(4) with { Design = design });
        Assert.Equal(0, again.Answered);
        Assert.Equal(4, Count("SELECT count(*) FROM runs WHERE template = 'shareable@personas'"));
        Assert.Equal(5, Count("SELECT count(*) FROM runs WHERE control = 'persona'"));
    }

    [Fact]
    public void What_does_not_go_together_is_told_before_anything_begins()
    {
        Told(Cast with { Countries = [] }, "young is of no country");
        var own = File("own.yaml", System.Text.Encoding.UTF8.GetBytes(Personas.Replace("- {name: young", "- {country: Kenya, name: young")
            .Replace("- {name: old", "- {country: Kenya, name: old")));
        Assert.Equal(["Kenya", "Brazil"], Design(Cast with { Personas = own, Countries = [] }).Countries.Select(c => c.Name));
        Told(Cast with { Personas = own, Countries = ["Japan"] }, "no persona of Japan");
        Told(Cast with { Language = "ru" }, "name personas in English only");
        Told(DesignChoice.Default with { Language = "ru", Perturbations = ["middle-added"] }, "is English");
        Told(DesignChoice.Default with { Reading = AnswerReading.Written, Perturbations = ["middle-added"] }, "no place for the option");
        Told(Cast with { Reading = AnswerReading.Verbalised }, "in words of its own");
        var wordings = File("w.yaml", WordingStarter.Example());
        Told(DesignChoice.Default with { Wordings = wordings, Listing = OptionListing.Unlisted, Reading = AnswerReading.Text },
            "lists the options");

        static PromptDesign Design(DesignChoice choice) => PromptDesign.For(choice, SurveySource.Load("sample"), "sample");

        static void Told(DesignChoice choice, string what) =>
            Assert.Contains(what, Assert.Throws<InputException>(() => Design(choice)).Message);
    }

    string File(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(At(name), bytes);
        return At(name);
    }
}
