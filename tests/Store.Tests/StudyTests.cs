namespace LocalOpinions.Store.Tests;

/// <summary>Studies: found again by their hash, their runs and findings replaced as a whole.</summary>
public sealed class StudyTests : StoreTest
{
    [Fact]
    public void A_study_is_found_again_and_its_findings_are_replaced_in_order()
    {
        using var results = Fresh();
        var run = Sample.FillAndScore(results);
        var study = results.AddStudy("{}", "sha", "0.1.0");
        Assert.Equal(study, results.AddStudy("{}", "sha", "0.2.0"));
        Assert.NotEqual(study, results.AddStudy("{ }", "other", "0.1.0"));

        results.ReplaceFindings(study, [new("default", run)], [new(null, "old", "default", null, "m", 1, 1)]);
        results.ReplaceFindings(study, [new("default", run), new("uniform", run)],
        [
            new(1, "naming", "cross-national", "Britain", "own change", 150, 0.25)
                { Families = 70, Low = 0.1, High = 0.4, P = 0.01, PHolm = 0.02, Verdict = "yes", Note = "a note" },
            new(null, "controls", "uniform", null, "error", 3, double.NaN),
        ]);
        using var found = results.Query("SELECT model, topic, subject, n, value, low, high, p, p_holm, verdict, note, families FROM "
            + "findings WHERE study_id = ? ORDER BY finding_index", study);
        var rows = found.Rows.ToList();
        Assert.Equal(["tiny", "naming", "Britain", 150, 0.25, 0.1, 0.4, 0.01, 0.02, "yes", "a note", 70], rows[0]);
        Assert.Equal([null, "controls", null, 3, null, null, null, null, null, null, null, null], rows[1]);
        Assert.Equal(2, rows.Count);
        Assert.Equal(2L, Scalar(results, $"SELECT count(*) FROM study_runs WHERE study_id = {study}"));
    }

    [Fact]
    public void Merged_a_study_keeps_its_declaration_and_loses_findings_that_more_answers_outdate()
    {
        using (var other = ResultsFile.Open(File("other.duckdb")))
        {
            var questions = Sample.Questions(10);
            var run = Sample.BeginRun(other, 10).RunId;
            other.Append(Sample.Answers(run, questions.Take(1)), []);
            other.AddStudy("{ }", "other", "0.1.0");
        }
        using var results = Fresh();
        var own = Sample.BeginRun(results, 10).RunId;
        var untouched = results.BeginRun(Sample.Run(1, 1) with { Exact = true }).RunId;
        results.Append(Sample.Answers(own, Sample.Questions(10).Skip(1)), []);
        foreach (var (name, run) in new[] { ("changed", own), ("kept", untouched) })
            results.ReplaceFindings(results.AddStudy("{}", name, "0.1.0"), [new("default", run)],
                [new(null, name, "default", null, "m", 1, 1)]);
        results.EndRun(own, new("complete", 1, 1, 1));
        results.EndRun(untouched, new("complete", 1, 1, 1));

        results.Merge([File("other.duckdb")]);
        Assert.Equal("changed,kept,other", Scalar(results, "SELECT string_agg(sha256, ',' ORDER BY sha256) FROM studies"));
        Assert.Equal(3L, Scalar(results, "SELECT count(DISTINCT study_id) FROM studies"));
        Assert.Equal("kept", Scalar(results, "SELECT string_agg(topic, ',') FROM findings"));
    }

    [Theory]
    [InlineData("one", "two")]
    [InlineData("two", "one")]
    public void Merged_files_keep_what_their_studies_found_whatever_the_order(string first, string second)
    {
        foreach (var (name, runs) in new[] { ("one", 1), ("two", 2) })
        {
            using var file = ResultsFile.Open(File(name));
            var model = file.AddModel(Sample.Model(name));
            // In the second file the numbers are others than in the merged one.
            for (var i = 0; i < runs; i++)
                Sample.FillAndScore(file, r => r with { ModelId = model, Exact = i > 0 });
            var study = file.AddStudy("{}", name, "0.1.0");
            file.ReplaceFindings(study, [new("default", runs)],
                [new(model, name, "default", null, "m", 1, 1), new(null, name, "x", null, "c", 1, 2)]);
        }

        using var results = Fresh();
        results.Merge([File(first), File(second)]);
        foreach (var name in new[] { "one", "two" })
        {
            using var found = results.Query("SELECT model, topic, part, value FROM findings JOIN studies USING (study_id) WHERE sha256 = ? "
                + "ORDER BY finding_index", name);
            Assert.Equal([[name, name, "default", 1.0], [null, name, "x", 2.0]], found.Rows);
            Assert.Equal($"{name} default {name == "two"}", Scalar(results, "SELECT model || ' ' || part || ' ' || CASE WHEN exact THEN "
                + "'True' ELSE 'False' END FROM study_runs JOIN run_overview USING (run_id) JOIN studies USING (study_id) "
                + "WHERE studies.sha256 = ?", name));
        }
        Assert.All(results.Merge([File(second)]), m => Assert.False(m.HasChanged));
        Assert.Equal(4L, Scalar(results, "SELECT count(*) FROM findings"));
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_changes_nothing()
    {
        using var results = Fresh();
        var run = Sample.FillAndScore(results);
        var study = results.AddStudy("{}", "sha", "0.1.0");
        results.ReplaceFindings(study, [new("default", run)], [new(null, "kept", "default", null, "m", 1, 1)]);
        Assert.Throws<ArgumentException>(() => results.ReplaceFindings(study + 1, [], []));
        Assert.Throws<ArgumentException>(() => results.ReplaceFindings(study, [new("default", run + 1)], []));
        Assert.Throws<ArgumentException>(() => results.ReplaceFindings(
            study, [], [new(null, "t", "p", null, "m", 1, double.PositiveInfinity)]));
        Assert.Throws<ArgumentException>(() => results.AddStudy("", "sha", "0"));
        Assert.Equal("kept", Scalar(results, "SELECT topic FROM findings"));
    }
}
