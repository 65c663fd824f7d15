namespace LocalOpinions.EndToEnd.Tests;

/// <summary>One part of a survey is asked, and everything says so.</summary>
public sealed class SplitTests : IDisposable
{
    readonly Cli _cli = new();

    public SplitTests() => MadeUpSurvey.Write(_cli.PathOf("s.csv"), 20);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_run_of_one_part_asks_it_alone_and_views_say_which()
    {
        var said = Run("--part", "held-out", "--split", "question:0.25:3").Succeeded().Output;
        Assert.Contains("s (held-out, question:0.25:3): 5 questions", said);
        Assert.Contains("part held-out (5 questions), split question:0.25:3 (20 questions)", said);
        Run("--part", "train", "--split", "question:0.25:3").Succeeded();
        Run().Succeeded();
        Assert.Equal("survey_part,survey_split,survey,questions,answered\r\n"
            + "held-out,question:0.25:3,\"s (held-out, question:0.25:3)\",5,5\r\n"
            + "train,question:0.25:3,\"s (train, question:0.25:3)\",15,15\r\n,,s,20,20\r\n",
            Sql("select survey_part, survey_split, survey, questions, answered from run_overview order by run_id"));
        // Both are what the whole survey is, and no question is in both.
        Assert.Equal("n,rows\r\n20,20\r\n", Sql("select count(*) as n, count(distinct source_row) as rows from questions join "
            + "surveys using (survey_id) where name <> 's'"));
        Assert.Contains("s (held-out, question:0.25:3)", Sql("select distinct survey from country_similarity"));
    }

    [Fact]
    public void Countries_are_held_out_of_the_figures_and_all_questions_are_asked()
    {
        Run("--part", "held-out", "--split", "country:0.3").Succeeded();
        Assert.Equal("countries,questions\r\n1,20\r\n",
            Sql("select count(distinct country) as countries, count(distinct source_row) as questions from similarities_long"));
    }

    [Fact]
    public void What_models_are_tuned_on_is_written_as_a_survey_and_answers_to_a_part_are_imported()
    {
        _cli.Run("surveys", "convert", "s.csv", "--part", "train", "-o", "train.yaml").Succeeded();
        Assert.Equal(16, _cli.Run("surveys", "train.yaml", "--json").Succeeded().Json.GetProperty("summary").GetProperty("questions")
            .GetInt32());
        Assert.Equal(4, _cli.Run("surveys", "s.csv", "--part", "held-out", "--json").Succeeded().Json.GetProperty("summary")
            .GetProperty("questions").GetInt32());
        Run("--part", "held-out").Succeeded();
        _cli.Run("sql", "r.duckdb", "select 'm' as model, source_row, option_index, prob from answers_long", "-o", "m.csv").Succeeded();
        _cli.Run("import", "m.csv", "-s", "s.csv", "--part", "held-out", "-o", "r.duckdb").Succeeded();
        Assert.Equal("n\r\n1\r\n", Sql("select count(distinct survey_id) as n from runs"));
        _cli.Run("import", "m.csv", "-s", "s.csv", "--part", "train", "-o", "r.duckdb").Failed(3, "s (train, question:0.2:1) has no row");
    }

    [Fact]
    public void A_study_can_be_of_a_part()
    {
        var study = _cli.Run("study", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--part", "train", "--out", "r.duckdb",
            "--country", "Kenya", "--one-template", "--orders", "faithful", "--controls", "none", "--threads", Cli.Threads, "--save",
            "study.json", "--json").Succeeded().Json;
        Assert.Equal("s (train, question:0.2:1)", study.GetProperty("survey").GetString());
        Assert.Contains("\"part\": \"train\"", File.ReadAllText(_cli.PathOf("study.json")));
        Assert.Contains("s (train, question:0.2:1)", _cli.Run("study", "card", "r.duckdb").Succeeded().Output);
    }

    [Fact]
    public void What_is_no_part_is_told()
    {
        Run("--part", "test").Failed(2, "train or held-out");
        Run("--split", "country").Failed(2, "--part");
        Run("--part", "train", "--split", "country:20").Failed(2, "question:0.2:1");
        Run("--part", "train", "--split", "survey").Failed(2, "cannot be split by survey:0.2:1");
    }

    string Sql(string query) => _cli.QueryCsv("r.duckdb", query);

    Ended Run(params string[] more) => _cli.Run(
        ["run", "--model", Cli.Tiny("llama-spm"), "--survey", "s.csv", "--out", "r.duckdb", "--threads", Cli.Threads, .. more]);
}
