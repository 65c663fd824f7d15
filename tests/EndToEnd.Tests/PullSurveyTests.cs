using System.Text;
using LocalOpinions.Hub.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>The pull command with a survey, against a hub on this machine.</summary>
public sealed class PullSurveyTests : IAsyncLifetime
{
    const string Name = "global-opinions";

    readonly Cli _cli = new();
    readonly HubServer _hub = HubServer.Run();

    public PullSurveyTests() => _hub.Add("datasets/Anthropic/llm_global_opinions", "data/global_opinions.csv", Encoding.UTF8.GetBytes("""
        question,selections,options,source
        Do you like tea?,"{'Kenya': [0.8, 0.2], 'France': [0.4, 0.6]}","['Yes', 'No']",mine

        """), small: true);

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _cli.Dispose();
    }

    // Once with a folder that the user names, once with the user's own.
    [Theory]
    [InlineData("surveys")]
    [InlineData(null)]
    public void A_survey_is_pulled_with_licence_and_citation_and_found_by_its_name(string? folder)
    {
        var environment = Environment(folder);
        var pulled = Run(environment, "pull", Name).Succeeded();
        Assert.Contains("CC BY-NC-SA 4.0", pulled.Output);
        Assert.Contains("arXiv:2306.16388", pulled.Output);
        Assert.Contains("as the hub states it", pulled.Output);
        Assert.Contains($"surveys {Name}", pulled.Output);
        Assert.Contains("1 questions, 2 countries", Run(environment, "surveys", Name).Succeeded().Output);
        Run(environment, "run", "--model", Cli.Tiny("llama-spm"), "--survey", Name, "--out", "r.duckdb", "--threads", Cli.Threads,
            "--quiet").Succeeded();
        var stored = Run(environment, "sql", "r.duckdb", "select name, path from surveys", "--json").Succeeded().Json[0];
        Assert.Equal(Name, stored.GetProperty("name").GetString());
        Assert.True(File.Exists(stored.GetProperty("path").GetString()));
        Assert.Contains(Run(environment, "doctor", "--json").Json.EnumerateArray(), c => c.GetProperty("name").GetString() == "surveys"
            && c.GetProperty("finding").GetString()!.StartsWith("1 in "));
        var again = Run(environment, "pull", Name, "--json").Succeeded().Json;
        Assert.Equal(("survey", true), (again.GetProperty("kind").GetString(),
            again.GetProperty("files")[0].GetProperty("was_there").GetBoolean()));
    }

    [Fact]
    public void A_survey_that_was_not_pulled_names_the_command()
    {
        Run(Environment(null), "run", "--model", Cli.Tiny("llama-spm"), "--survey", Name).Failed(3, Name, "no such file", $"pull {Name}");
        Run(Environment(null), "surveys", "nonesuch").Failed(3, "nonesuch", "no such file", "pull --list");
    }

    [Fact]
    public void A_survey_that_changed_since_is_not_asked_as_if_it_were_the_published_one()
    {
        var environment = Environment("surveys");
        Run(environment, "pull", Name).Succeeded();
        File.AppendAllText(_cli.PathOf($"surveys/{Name}.csv"), "Coffee?,\"{'Kenya': [0.8, 0.2]}\",\"['Yes', 'No']\",mine\n");
        Run(environment, "surveys", Name).Failed(3, $"{Name}.csv", "changed since", "another name");
        Run(environment, "pull", Name).Failed(3, "other content");
        File.Delete(_cli.PathOf($"surveys/{Name}.csv.sha256"));
        Assert.Contains("2 questions", Run(environment, "surveys", Name).Succeeded().Output);
    }

    [Fact]
    public void The_catalogue_and_a_dry_run_bring_nothing()
    {
        Assert.Contains(Name, Run(Environment("surveys"), "pull", "--list").Succeeded().Output);
        Assert.Contains("CC BY-NC-SA", Run(Environment("surveys"), "pull", Name, "--dry-run").Succeeded().Output);
        Assert.False(Directory.Exists(_cli.PathOf("surveys")));
    }

    Ended Run(Dictionary<string, string> environment, params string[] arguments) => _cli.Run(arguments, environment);

    Dictionary<string, string> Environment(string? folder) => folder is null ? new() { ["HF_ENDPOINT"] = _hub.Address }
        : new() { ["HF_ENDPOINT"] = _hub.Address, ["LOCALOPINIONS_SURVEYS"] = _cli.PathOf(folder) };
}
