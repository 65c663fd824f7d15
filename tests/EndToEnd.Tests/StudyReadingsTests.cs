using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>A study in which models also write, and say how many people would choose each option.</summary>
public sealed class StudyReadingsTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void What_is_written_and_said_is_declared_asked_once_and_found()
    {
        string[] study = ["study", "-m", Repository.DefaultModel, "-s", "sample", "-o", "r.duckdb", "--limit", "3", "--conditions",
            "default", "--written", "2", "--verbalised", "--controls", "none", "--one-template", "--orders", "faithful", "--resamples",
            "100", "--threads", Cli.Threads];
        var estimate = _cli.Run([.. study, "--dry-run"]).Succeeded().Output;
        Assert.Matches(@"(?m) written +3 +0 +3 +0 ", estimate);
        Assert.Matches(@"(?m) verbalised +3 +0 +3 +0 ", estimate);

        _cli.Run([.. study, "--save", "s.json"]).Succeeded();
        Assert.Contains("\"written\": 2", File.ReadAllText(_cli.PathOf("s.json")));
        Assert.Equal(["default labels", "verbalised verbalised", "written written"], Texts("""
            select part || ' ' || reading as t from study_runs join runs using (run_id) order by all
            """));
        // The found numbers are those of the texts and of the answers.
        Assert.Equal(Number("""
            select 1 - avg(named) as n
            from (select count(option_index) / count(*) as named from text_readings group by source_row)
            """), Found("texts that name no single option"), 1e-12);
        Assert.Equal(Number("""
            select avg(tv) as n from (
                select sum(abs(a.prob - b.prob)) / 2 as tv
                from answers_long a join answers_long b using (source_row, option_index)
                where a.run_id = (select run_id from runs where reading = 'labels')
                    and b.run_id = (select run_id from runs where reading = 'written') group by source_row)
            """), Found("total variation of texts and probabilities"), 1e-12);
        Assert.Contains("verbalised", Texts("select distinct part as t from findings where topic = 'nearest'"));

        const string Answers = "select string_agg(a::varchar, ' ' order by a::varchar) as t from answers a";
        var before = Texts(Answers);
        var again = _cli.Run("study", "--from", "s.json", "-o", "r.duckdb", "--threads", Cli.Threads).Succeeded();
        Assert.Equal(before, Texts(Answers));
        Assert.Equal(3, Number("select count(*) as n from runs"));
        Assert.DoesNotContain("outdated", again.Output);
    }

    double Found(string measure) => Number($"select value as n from findings where part = 'written' and measure = '{measure}'");

    double Number(string sql) => _cli.Query("r.duckdb", sql)[0].GetProperty("n").GetDouble();

    string[] Texts(string sql) => [.. _cli.Query("r.duckdb", sql).EnumerateArray().Select(r => r.GetProperty("t").GetString()!)];
}
