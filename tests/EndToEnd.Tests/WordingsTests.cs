using System.Text.Json;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>Wordings of one's own, perturbations and personas as a user has them.</summary>
public sealed class WordingsTests : IDisposable
{
    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_file_of_wordings_is_begun_looked_at_asked_and_shares_its_prefixes()
    {
        Assert.Contains("localopinions wordings w.yaml", _cli.Run("wordings", "new", "w.yaml").Succeeded().Output);
        _cli.Run("wordings", "new", "w.yaml").Failed(3, "w.yaml", "stays as it is");
        Assert.Contains("survey-taker 1 (SHA-256", _cli.Run("wordings", "w.yaml").Succeeded().Output);
        Assert.Contains("localopinions-wordings/1", _cli.Run("wordings", "schema").Succeeded().Output);
        var run = Json("--wordings", "w.yaml", "--country", "Brazil", "Kenya").GetProperty("run");
        Assert.Equal(8, run.GetProperty("runs").GetArrayLength());
        Assert.True(run.GetProperty("unshared_tokens").GetInt64() > 1.5 * run.GetProperty("tokens").GetInt64());
        Assert.Equal(8, Count("select count(*) from runs where condition = 'cross-national' and control = 'none'"));
        // Each alone and exactly: the numbers are those of the built-in wording.
        Json("--wordings", "w.yaml", "--exact");
        Json("--template", "corrected", "--exact");
        Assert.Equal(4, Count("select count(*) from runs where exact"));
    }

    [Fact]
    public void Mistakes_in_wordings_personas_and_perturbations_are_told()
    {
        File.WriteAllText(_cli.PathOf("w.yaml"), "format: localopinions-wordings/1\nwordings:\n  - name: a\n    message: x\n"
            + "    opening: y\n");
        Ask("--wordings", "w.yaml").Failed(3, "w.yaml, line 4", "lacks {question}");
        Ask("--wordings", "none.yaml").Failed(3, "none.yaml", "no such file");
        Ask("--wordings", "w.yaml", "--template", "faithful").Failed(2, "takes the place of --template");
        Ask("--perturb", "typo").Failed(2, "\"typo\" is no perturbation");
        Ask("--perturb", "typos", "--control", "options-only").Failed(2, "leave --control out");
        File.WriteAllText(_cli.PathOf("p.csv"), "name,words\na,a student\n");
        Ask("--personas", "p.csv").Failed(3, "no countries are named", "(--country)");
        Ask("--personas", "p.csv", "--condition", "default").Failed(2, "leave --personas out");
    }

    [Fact]
    public void Personas_are_asked_and_put_together()
    {
        File.WriteAllText(_cli.PathOf("p.csv"), "name,age,gender,weight\na,34,woman,1\nb,70,man,2\n");
        var outcome = Json("--personas", "p.csv", "--country", "Brazil", "Kenya", "--perturb", "labels-lower");
        // Four of each, and their means.
        Assert.Equal(12, outcome.GetProperty("run").GetProperty("runs").GetArrayLength());
        Assert.Equal(4, outcome.GetProperty("rankings").GetArrayLength());
        var look = _cli.Run("look", "-m", Cli.Tiny("llama-spm"), "--question", "18", "--personas", "p.csv", "--country", "Kenya",
            "--tokens", "1", "--threads", Cli.Threads).Succeeded().Output;
        Assert.Contains("How would someone from Kenya, a 70-year-old man, answer the following question:", look);
        Assert.Contains(", Kenya, faithful@b", look);
    }

    [Fact]
    public void A_study_declares_them_and_finds_what_they_do()
    {
        _cli.Run("wordings", "new", "w.yaml").Succeeded();
        File.WriteAllText(_cli.PathOf("p.csv"), "name,words\na,a student\nb,a farmer\n");
        string[] study = ["study", "-m", Cli.Tiny("llama-spm"), "-s", "sample", "-o", "r.duckdb", "--country", "Brazil",
            "--wordings", "w.yaml", "--perturb", "typos", "scale-reversed", "--personas", "p.csv", "--controls", "none",
            "--one-template", "--orders", "faithful",
            "--resamples", "100", "--threads", Cli.Threads];
        Assert.Contains("default-perturbed", _cli.Run([.. study, "--dry-run"]).Succeeded().Output);
        _cli.Run([.. study, "--save", "s.json"]).Succeeded();
        Assert.Equal(1, Count("select count(*) from study_runs where part = 'cross-national-personas'"));
        Assert.Equal(2, Count("select count(*) from findings where part = 'default-perturbed' and measure like 'change of%'"));
        Assert.Equal(3, Count("select count(*) from findings where part = 'default-wordings' and measure like 'share of%'"));
        // Shareable is in the file as well: it is one wording.
        Assert.Equal(4, Count("select count(*) from findings where topic = 'templates' and measure = 'mean similarity over countries'"));
        Assert.Equal(1, Count("select count(*) from findings where part = 'default-wordings' and note like '%noise is at most %'"));
        // The declaration holds the files' hashes, and another file is another study.
        Assert.Contains("\"w.yaml\": \"", File.ReadAllText(_cli.PathOf("s.json")));
        File.AppendAllText(_cli.PathOf("w.yaml"), "# changed\n");
        _cli.Run("study", "--from", "s.json", "-o", "r.duckdb", "--threads", Cli.Threads).Failed(3, "w.yaml is another file");
    }

    [Fact]
    public void Wordings_asked_in_several_orders_have_the_orders_share()
    {
        _cli.Run("wordings", "new", "w.yaml").Succeeded();
        string[] study = ["study", "-m", Cli.Tiny("llama-spm"), "-s", "sample", "-o", "r.duckdb", "--limit", "8", "--conditions", "default",
            "--wordings", "w.yaml", "--wording-orders", "cyclic", "--controls", "none", "--resamples", "100", "--threads", Cli.Threads];
        _cli.Run([.. study, "--save", "s.json"]).Succeeded();
        Assert.Contains("\"wording_orders\": \"cyclic\"", File.ReadAllText(_cli.PathOf("s.json")));
        var parts = _cli.Query("r.duckdb", """
            select subject, note from findings where part = 'default-wordings' and measure like 'share of%'
            """).EnumerateArray().Select(f => (Of: f.GetProperty("subject").GetString(), Note: f.GetProperty("note").GetString())).ToList();
        Assert.Equal(["order", "question", "question by wording", "rest", "wording"], parts.Select(p => p.Of).Order());
        Assert.Contains(parts, p => p.Note?.Contains("8 questions, 4 wordings", StringComparison.Ordinal) == true);
        // Each part's means are over its own orders, and the default's is there in both.
        Assert.Equal(2, Count("select count(*) from findings where measure = 'standard deviation over templates'"));
        const string means = "select count(*) from findings where topic = 'templates' and measure = 'mean similarity over countries'";
        Assert.Equal(2 + 4, Count(means));
    }

    JsonElement Json(params string[] how)
    {
        using var json = JsonDocument.Parse(Ask([.. how, "--json"]).Succeeded().Output);
        return json.RootElement.Clone();
    }

    Ended Ask(params string[] how) => _cli.Run(["run", "-m", Cli.Tiny("llama-spm"), "-s", "sample", "-o", "r.duckdb", "--limit", "5",
        "--threads", Cli.Threads, .. how]);

    long Count(string sql) => _cli.Query("r.duckdb", sql)[0].EnumerateObject().Single().Value.GetInt64();
}
