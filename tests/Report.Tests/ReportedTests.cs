using System.Text.Json;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Report.Tests;

/// <summary>What the mean is worth and what later studies report, as the page shows them, against SQL.</summary>
public sealed class ReportedTests : IDisposable
{
    const int Questions = 40;

    static readonly string[] s_countries = ["Germany", "Kenya", "Japan", "Brazil"];

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localopinions-reported-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Everything_is_there_by_every_stored_measure_and_equal_to_the_views()
    {
        var path = Path.Combine(_folder.FullName, "r.duckdb");
        using (var file = ResultsFile.Open(path))
        {
            Fill(file, 1, "one", null);
            Fill(file, 2, "one", "Germany");
            Fill(file, 3, "other", null);
            file.Score(options: new ScoreOptions { Resamples = 50, Measures = [Measure.TotalVariation] });
        }

        using var results = ResultsFile.OpenReadOnly(path);
        var page = Path.ChangeExtension(path, "html");
        using (var output = File.Create(page))
            HtmlReport.Write(results, output);
        // The page opens with the run that was begun last.
        var run = (int)Value(results, "SELECT max(run_id) FROM runs")!;
        var seen = Browser.Observe(page, "reported").At("seen");
        foreach (var measure in new[] { Measure.JensenShannon, Measure.TotalVariation })
        {
            var shown = seen.At(measure.Title);
            Check(results, shown.At("parts", "What a plain mean"), $"""
                SELECT coalesce(country, 'all'), n, majority_bits, uniform_bits, similarity_bits, world_bits, nearest_bits,
                       second_sample_bits, perfect_bits
                FROM run_yardsticks WHERE run_id = {run} AND (country IS NULL OR country = 'Germany') ORDER BY country NULLS FIRST
                """, dots: 7);
            Check(results, shown.At("parts", "Where people agree"), $"""
                SELECT coalesce(printf('%.1f to %.1f', entropy_from, entropy_to), 'all'), pairs, nearness, low, high, uniform_nearness
                FROM entropy_strata WHERE run_id = {run} AND measure = '{measure.Name}' ORDER BY entropy_from NULLS FIRST
                """);
            // The only other plain run stands beside it.
            Check(results, shown.At("parts", "Difference from"), $"""
                SELECT coalesce(printf('%.1f to %.1f', entropy_from, entropy_to), 'all'), pairs
                FROM stratum_differences({run}, 1) WHERE measure = '{measure.Name}' ORDER BY entropy_from NULLS FIRST
                """);
            Assert.Equal(Printed.Signed(Value(results, $"SELECT difference FROM stratum_differences({run}, 1) WHERE measure = "
                + $"'{measure.Name}' AND entropy_from IS NULL")), shown.At("parts", "Difference from").Column("Difference")["all"]);
            Check(results, shown.At("parts", "How alike models"), """
                SELECT model, CASE WHEN model = 'one' THEN NULL ELSE similarity_bits END, CASE WHEN model = 'one' THEN similarity_bits END
                FROM model_similarity ORDER BY model
                """, dots: 1);
            Assert.Contains(Printed.Three(Value(results, $"SELECT evenness FROM evenness WHERE run_id = {run} AND measure = "
                + $"'{measure.Name}'")), shown.Text("even"));
        }

        // Of another model nothing was steered.
        Assert.Equal(JsonValueKind.Null, seen.At("Jensen-Shannon divergence", "parts", "Steered towards").ValueKind);
    }

    static void Check(ResultsFile results, JsonElement shown, string sql, int? dots = null)
    {
        using var query = results.Query(sql);
        var expected = query.Rows.Select(row => row.Select(Written).ToArray()).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, shown.Rows().Select(row => row[..expected[0].Length]));
        Assert.Equal(dots ?? expected.Count, shown.GetProperty("dots").GetInt32());
    }

    static string Written(object? value) => value switch
    {
        string text => text,
        null => "\u2013",
        double => Printed.Three(value),
        _ => Printed.Whole(value),
    };

    static object? Value(ResultsFile results, string sql)
    {
        using var query = results.Query(sql);
        return Assert.Single(query.Rows)[0];
    }

    static void Fill(ResultsFile file, int seed, string model, string? prompted)
    {
        double[] Weights(int of, int row)
        {
            var random = new Random(of * 1000 + row);
            double[] weights = [.. Enumerable.Range(0, 3).Select(_ => Math.Exp(random.NextDouble() * (1 + row % 5)))];
            return [.. weights.Select(w => w / weights.Sum())];
        }

        var survey = file.AddSurvey(new("sample", "/s.csv", new string('b', 64), null), Enumerable.Range(0, Questions).Select(row =>
            new QuestionRow(row, "GAS", $"Question {row}?", ["Yes", "No", "Neither"],
                [.. s_countries.Select((country, i) => new HumanRow(country, Weights(100 + i, row)))])),
            [.. s_countries.Select(country => new CountryRow(country, country, country[..3].ToUpperInvariant(), "national"))]);
        var row = ResultsFixture.Run(
            file.AddModel(ResultsFixture.Model(model, model[^1])), survey, prompted is null ? "default" : "cross-national", prompted);
        var run = file.BeginRun(row with { PromptedLabels = prompted is null ? [] : [prompted] }).RunId;
        file.Append([.. Enumerable.Range(0, Questions).Select(row => new AnswerRow
        {
            RunId = run,
            SourceRow = row,
            OrderIndex = 0,
            LabelMass = 1,
            OffMenu = 0,
            TokenCount = 10,
            Boundary = "natural",
            Options = [0, 1, 2],
            LogProbs = [.. Weights(seed, row).Select(w => Math.Log(w))],
            Probs = Weights(seed, row),
        })], []);
        file.EndRun(run, new("complete", 1, 10, 10));
    }
}
