using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Merging;
using LocalOpinions.Store.Output;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

public sealed class MergeTests : StoreTest
{
    const int Questions = 12;

    [Fact]
    public void In_whatever_order_and_however_often_the_content_is_the_same()
    {
        string[] shards = [Shard("a", "tiny", 0, 5), Shard("b", "tiny", 5, 9), Shard("c", "tiny", 3, 12), Shard("d", "large", 0, 12)];
        var hashes = new HashSet<string>();
        // A third of the 24: each file comes first, and each last.
        foreach (var order in Permutations(shards).Where((_, i) => i % 3 == 0))
        {
            var path = File("merged.duckdb");
            System.IO.File.Delete(path);
            using (var results = ResultsFile.Open(path))
                results.Merge(order);
            hashes.Add(Content(path));
        }

        var whole = Assert.Single(hashes);
        // One after the other, with a file twice, and a merged file into another: the same again.
        var stepwise = File("stepwise.duckdb");
        foreach (var shard in shards.Append(shards[1]))
        {
            using var results = ResultsFile.Open(stepwise);
            results.Merge([shard]);
        }

        Assert.Equal(whole, Content(stepwise));
        using (var results = ResultsFile.Open(stepwise))
            Assert.All(results.Merge([File("merged.duckdb"), .. shards]), m => Assert.False(m.HasChanged));
        Assert.Equal(whole, Content(stepwise));
        using (var results = ResultsFile.OpenReadOnly(stepwise))
        {
            Assert.Equal(2, results.Runs().Count);
            Assert.Equal(12L * 2 - 2, results.Runs().Sum(r => r.Answered));
            Assert.Equal(0L, Scalar(results, "SELECT count(*) - count(DISTINCT (run_id, source_row, order_index)) FROM answers"));
        }
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public void Of_two_limits_of_a_run_the_larger_stays_in_whatever_order(string first, string second)
    {
        foreach (var (name, fewest) in new[] { ("a", 20), ("b", 30) })
        {
            Shard(name, "tiny", 0, 12);
            using var shard = ResultsFile.Open(File($"{name}.duckdb"));
            shard.Score(options: new() { FewestQuestions = fewest });
        }

        using var results = ResultsFile.Open(File());
        results.Merge([File($"{first}.duckdb"), File($"{second}.duckdb")]);
        Assert.Equal(30, Scalar(results, "SELECT fewest_questions FROM ranking_limits"));
    }

    [Fact]
    public void What_of_an_answer_is_only_a_bound_comes_along_whatever_the_order()
    {
        const string Bounds = "SELECT string_agg((source_row, order_index, options, mass)::VARCHAR, ' ' ORDER BY source_row, order_index) "
            + "FROM answer_bounds";
        AnswerRow Bounded(AnswerRow a) =>
            a.SourceRow % 3 == 0 ? a with { Bounds = new([.. a.Options.Order().Take(1)], a.SourceRow / 100.0) } : a;
        string[] shards = [Shard("a", "tiny", 0, 5, Bounded), Shard("b", "tiny", 5, 9, Bounded), Shard("c", "tiny", 3, 12, Bounded)];
        using var whole = ResultsFile.OpenReadOnly(Shard("whole", "tiny", 0, 12, Bounded));
        foreach (var order in Permutations(shards))
        {
            using var results = Fresh("merged.duckdb");
            results.Merge(order);
            results.Merge(order);
            Assert.Equal(8L, Scalar(results, "SELECT count(*) FROM answer_bounds"));
            Assert.Equal(Scalar(whole, Bounds), Scalar(results, Bounds));
        }
    }

    [Fact]
    public void Merged_into_an_empty_file_a_file_keeps_its_content()
    {
        using (var results = ResultsFile.Open(File("whole.duckdb")))
        {
            Sample.FillAndScore(results);
            Sample.FillAndScore(results, r => Sample.Named(r, "Britain"));
        }

        using (var results = ResultsFile.Open(File()))
        {
            var merged = Assert.Single(results.Merge([File("whole.duckdb")]));
            Assert.Equal((2, 1, 2, 36L), (merged.Runs, merged.NewSurveys, merged.NewRuns, merged.NewAnswers));
        }

        Assert.Equal(Content(File("whole.duckdb")), Content(File()));
        using var both = ResultsFile.OpenReadOnly(File());
        Assert.Equal(0L, Scalar(both, $"ATTACH '{File("whole.duckdb")}' AS w (READ_ONLY); SELECT count(*) FROM (FROM "
            + $"w.main.questions_long EXCEPT ALL FROM questions_long)"));
    }

    [Fact]
    public void A_contradiction_is_named_and_nothing_is_merged()
    {
        var first = Shard("a", "tiny", 0, 9);
        var other = Shard("b", "tiny", 6, 12, answer => answer.SourceRow == 7
            ? answer with { LogProbs = [.. answer.LogProbs.Select(p => p - 1e-15)] } : answer);
        using (var results = ResultsFile.Open(File()))
            results.Merge([first]);
        var before = Content(File());
        using (var results = ResultsFile.Open(File()))
        {
            var message = Fails(StoreError.MergeConflict, () => results.Merge([Shard("c", "large", 0, 3), other])).Message;
            foreach (var word in new[] { other, File(), "2 rows of answers", "row 7", "tiny, default", "nothing was merged" })
                Assert.Contains(word, message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Content(File()));
    }

    [Fact]
    public void A_contradiction_between_two_that_are_merged_names_them_and_not_the_file_that_takes_them()
    {
        var first = Shard("a", "tiny", 0, 9);
        var other = Shard("b", "tiny", 6, 12, answer => answer with { OffMenu = 0.125 });
        using var results = ResultsFile.Open(File());
        var message = Fails(StoreError.MergeConflict, () => results.Merge([Shard("c", "large", 0, 3), first, other])).Message;
        Assert.StartsWith($"{other} and {first} disagree", message, StringComparison.Ordinal);
        Assert.DoesNotContain(File(), message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_plans_of_one_run_are_refused()
    {
        var (first, second) = (Shard("a", "tiny", 0, 3, plan: "one"), Shard("b", "tiny", 5, 9, plan: "another"));
        using var results = ResultsFile.Open(File());
        Assert.StartsWith($"{second} and {first} hold the same run", Fails(StoreError.MergeConflict, () => results.Merge([first, second]))
            .Message, StringComparison.Ordinal);
        Assert.Empty(results.Runs());
        results.Merge([Shard("c", "tiny", 9, 12), first]);
        Assert.Equal("one", results.Runs()[0].PlanSha256);
    }

    // A run that was killed before its last batch has no plan yet, and contradicts none.
    [Fact]
    public void Two_plans_are_refused_beside_a_file_that_has_none()
    {
        var (first, second) = (Shard("a", "tiny", 0, 3, plan: "one"), Shard("b", "tiny", 5, 9, plan: "another"));
        using var results = ResultsFile.Open(File());
        var refused = Fails(StoreError.MergeConflict, () => results.Merge([Shard("c", "tiny", 9, 12), first, second]));
        Assert.StartsWith($"{second} and {first} hold the same run", refused.Message, StringComparison.Ordinal);
        Assert.Empty(results.Runs());
    }

    [Fact]
    public void Scores_of_runs_that_gained_answers_are_dropped_and_others_stay()
    {
        using (var results = ResultsFile.Open(File("scored.duckdb")))
            Sample.FillAndScore(results);
        using (var results = ResultsFile.Open(File()))
        {
            Sample.FillAndScore(results, r => r with { Exact = true });
            var before = Scalar(results, "SELECT count(*) FROM similarities");
            results.Merge([File("scored.duckdb")]);
            Assert.Equal(before, Scalar(results, "SELECT count(*) FROM similarities"));
            Assert.Equal(2, results.Runs().Count);
        }
    }

    [Fact]
    public void What_cannot_be_read_is_said_as_everywhere_and_nothing_is_merged()
    {
        System.IO.File.WriteAllText(File("text"), "just some text, just some text, just some text, just some text, just some text");
        using var results = ResultsFile.Open(File());
        Fails(StoreError.NotADatabase, () => results.Merge([Shard("a", "tiny", 0, 3), File("text")]));
        Fails(StoreError.FileNotFound, () => results.Merge([File("nonesuch.duckdb")]));
        Fails(StoreError.Locked, () => results.Merge([File()]));
        Assert.Empty(results.Runs());
    }

    [Fact]
    public void A_file_of_an_earlier_version_is_merged_without_the_tables_that_it_lacks()
    {
        var shard = Shard("a", "tiny", 0, 5);
        using (var early = Database.Open(shard, readOnly: false, StoreOptions.Default))
        using (var connection = early.Connect())
            connection.Execute("DROP TABLE named_instead; UPDATE meta SET schema_version = 5");
        using var results = ResultsFile.Open(File());
        results.Merge([shard]);
        Assert.Equal(8L, Scalar(results, "SELECT count(*) FROM answers"));
        Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM named_instead"));
    }

    [Fact]
    public void Every_table_of_the_schema_has_its_rule()
    {
        using var results = ResultsFile.Open(File());
        using var tables = results.Query("SELECT table_name FROM duckdb_tables() WHERE NOT temporary");
        string[] known = [.. MergeTables.OfSurveys, .. MergeTables.OfRuns.Select(t => t.Table), .. MergeTables.Scores,
            .. MergeTables.Others, .. MergeTables.OfStudies];
        Assert.Equal(known.Order(StringComparer.Ordinal), tables.Rows.Select(r => (string)r[0]!).Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// A file with one run of some of the survey's questions, in two orders; question 2 is unanswered, as is question 5 for those who end
    /// there.
    /// </summary>
    string Shard(string name, string model, int from, int to, Func<AnswerRow, AnswerRow>? change = null, string? plan = null)
    {
        var path = File($"{name}.duckdb");
        using var results = ResultsFile.Open(path);
        // Other content before it: the same things have other numbers here.
        results.AddModel(Sample.Model("other " + name));
        var questions = Sample.Questions(Questions);
        var runId = results.BeginRun(Sample.Run(results.AddModel(Sample.Model(model)),
            results.AddSurvey(Sample.Survey(), questions, Sample.Countries))).RunId;
        if (plan is not null)
            results.SetPlan(runId, plan);
        var some = questions.Where(q => q.SourceRow >= from && q.SourceRow < to && q.SourceRow != 2).ToList();
        results.Append([.. Sample.Answers(runId, some, orders: 2).Select(a => change?.Invoke(a) ?? a)],
            [new(runId, 2, "It is too long."), .. to == 5 ? [new UnansweredRow(runId, 5, "It was not reached.")]
            : Array.Empty<UnansweredRow>()]);
        results.AddNamedInstead(runId, some.ToDictionary(q => q.SourceRow, q => $"country {q.SourceRow % 4}"));
        results.KeepPrompts([new() { RunId = runId, Before = "Human: ", Message = "{question}", After = "\n", Opening = "(",
            PutInSha256 = "ab" }]);
        results.KeepPromptTexts("ab", some.Select(q => new PromptTextRow(q.SourceRow, "question", null, $"text {q.SourceRow}")));
        results.AddWarnings(runId, ["It is odd.", $"It has {Questions} questions."]);
        results.ReplaceNoiseFloor(runId, new(to, 0.01, 0.08, 0.02, 0.1, 0.001, 0.004));
        results.ReplaceRoundingFloor(runId, new(to, 0.02, 0.07, 0.02, 0.1, 0.001, 0.004));
        results.EndRun(runId, new("complete", from, to, to) { Waiting = 0.125 });
        return path;
    }

    /// <summary>
    /// All rows by what identifies them, without the numbers that each file gives on its own; the models "other ..." aside.
    /// </summary>
    static string Content(string path)
    {
        string[] queries =
        [
            "SELECT r.key, m.sha256, s.sha256, r.* EXCLUDE (run_id, model_id, survey_id, key) FROM runs AS r JOIN models AS m USING "
                + "(model_id) JOIN surveys AS s USING (survey_id)",
            "SELECT r.key, a.* EXCLUDE (run_id) FROM answers AS a JOIN runs AS r USING (run_id)",
            "SELECT r.key, a.* EXCLUDE (run_id) FROM unanswered AS a JOIN runs AS r USING (run_id)",
            "SELECT r.key, a.* EXCLUDE (run_id) FROM named_instead AS a JOIN runs AS r USING (run_id)",
            "SELECT r.key, c.label FROM run_prompted JOIN countries AS c USING (country_id) JOIN runs AS r USING (run_id)",
            "SELECT r.key, a.* EXCLUDE (run_id) FROM run_prompts AS a JOIN runs AS r USING (run_id)",
            "FROM prompt_texts",
            "SELECT r.key, a.* EXCLUDE (run_id) FROM run_warnings AS a JOIN runs AS r USING (run_id)",
            "SELECT r.key, a.* EXCLUDE (run_id) FROM noise_floors AS a JOIN runs AS r USING (run_id)",
            "SELECT r.key, a.* EXCLUDE (run_id) FROM session_waits AS a JOIN runs AS r USING (run_id)",
            "SELECT r.key, a.* EXCLUDE (run_id) FROM rounding_floors AS a JOIN runs AS r USING (run_id)",
            "SELECT r.key, a.* EXCLUDE (run_id) FROM run_sessions AS a JOIN runs AS r USING (run_id)",
            "SELECT * EXCLUDE (survey_id) FROM questions_long",
            "SELECT s.sha256, c.label, h.source_row, h.probabilities FROM human_distributions AS h JOIN countries AS c USING (country_id) "
                + "JOIN surveys AS s ON s.survey_id = h.survey_id",
        ];
        using var results = ResultsFile.OpenReadOnly(path);
        using var text = new StringWriter();
        foreach (var sql in queries)
        {
            using var query = results.QueryText($"FROM ({sql}) ORDER BY ALL");
            CsvOutput.Write(query, text);
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    static IEnumerable<string[]> Permutations(string[] items) => items.Length <= 1 ? [items]
        : items.SelectMany((first, i) => Permutations([.. items[..i], .. items[(i + 1)..]]).Select(rest => (string[])[first, .. rest]));
}
