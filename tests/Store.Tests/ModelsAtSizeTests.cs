using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

/// <summary>What pairs the answers of all models of a large study takes little memory: 30 of them, nine ways, 2,556 questions.</summary>
public sealed class ModelsAtSizeTests : StoreTest
{
    const int Models = 30, Ways = 9, Questions = 2556;

    [Fact]
    public void Models_are_held_against_each_other_in_half_of_the_usual_memory()
    {
        Fill();
        using var results = ResultsFile.OpenReadOnly(File(), StoreOptions.Default with { MemoryLimit = "128MB" });
        // One ordered pair each, over all questions; what was asked in other ways is no part of it.
        Assert.Equal(["870|2556|2556|true"], Texts(results, """
            SELECT count(*) || '|' || min(n) || '|' || max(n) || '|' || bool_and(similarity_bits BETWEEN 0.3 AND 0.9 AND low < high)
            FROM model_similarity
            """));
    }

    void Fill()
    {
        using var results = Fresh();
        var survey = results.AddSurvey(Sample.Survey(), [.. Enumerable.Range(0, Questions).Select(row =>
            new QuestionRow(row, "S", $"Question {row}?", ["A", "B", "C", "D", "E"], []) { Family = row / 2 })], Sample.Countries);
        for (var model = 0; model < Models; model++)
        {
            var asked = Sample.Run(results.AddModel(Sample.Model($"model {model}")), survey);
            for (var way = 0; way < Ways; way++)
                results.BeginRun(way == 0 ? asked : asked with { Condition = "cross-national", PromptedCountry = $"Country {way}" });
        }
        results.Query($$"""
            INSERT INTO answers BY NAME
            WITH weights AS (
                SELECT run_id, row AS source_row,
                       list_transform(range(5), lambda i: (1 + hash(run_id * 20000 + row * 5 + i) % 1000)::DOUBLE) AS weights
                FROM runs, range({{Questions}}) AS rows(row))
            SELECT run_id, source_row, 0 AS order_index, 0.9 AS label_mass, 0.1 AS off_menu, 60 AS token_count, 'natural' AS boundary,
                   [0, 1, 2, 3, 4] AS options, list_transform(weights, lambda w: ln(0.9 * w / list_sum(weights))) AS log_probs,
                   list_transform(weights, lambda w: w / list_sum(weights)) AS probs
            FROM weights
            """).Dispose();
    }
}
