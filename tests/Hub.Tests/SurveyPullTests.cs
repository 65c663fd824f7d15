using System.Security.Cryptography;
using System.Text;

namespace LocalOpinions.Hub.Tests;

/// <summary>A survey comes by the same way as a model, and keeps its hash beside it.</summary>
public sealed class SurveyPullTests : PullTest
{
    const string Name = "global-opinions";
    const string Repository = "datasets/Anthropic/llm_global_opinions";
    const string File = "data/global_opinions.csv";

    static readonly byte[] s_content = Encoding.UTF8.GetBytes(
        "question,selections,options,source\nTea?,\"{'Kenya': [0.8, 0.2]}\",\"['Yes', 'No']\",mine\n");

    string Target => Path.Combine(Folder, Name + ".csv");

    // Whether a hub keeps a file of some megabytes in git or apart from it is the hub's choice.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_survey_is_held_to_the_hubs_hash_and_keeps_its_own(bool small)
    {
        Server.Add(Repository, File, s_content, small);
        var plan = await PullAsync(Name);
        Assert.Equal((PulledKind.Survey, Name, "CC BY-NC-SA 4.0", Target, HashOrigin.Hub),
            (plan.Kind, plan.Name, plan.Licence, plan.Files[0].Path, plan.Files[0].HashFrom));
        Assert.Contains("Durmus", plan.Citation);
        Assert.Equal(small, plan.Files[0].Sha256 is null);
        Assert.Equal(s_content, System.IO.File.ReadAllBytes(Target));
        var lines = System.IO.File.ReadAllLines(Target + ".sha256");
        Assert.StartsWith($"# Anthropic/llm_global_opinions@{HubServer.Commit}", lines[0]);
        Assert.Contains("CC BY-NC-SA", lines[0]);
        Assert.Equal($"{Convert.ToHexStringLower(SHA256.HashData(s_content))}  {Name}.csv", lines[1]);
        Assert.True((await PullAsync(Name)).Files[0].IsThere);
        Assert.Equal([$"{Name}.csv", $"{Name}.csv.sha256"], Names());
        Assert.Contains(Server.Requests, r => r.Path.StartsWith("/api/datasets/Anthropic/llm_global_opinions/"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Other_bytes_than_the_hub_states_are_not_kept(bool small)
    {
        var served = Server.Add(Repository, File, s_content, small);
        served.Content = [.. s_content[..^3], .. "me\n"u8];
        Assert.Contains(small ? "git blob" : "SHA-256", (await FailsAsync(PullError.Content, Name)).Message);
        Assert.Empty(Names());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_file_of_that_name_stays(bool small)
    {
        Server.Add(Repository, File, s_content, small);
        System.IO.File.WriteAllText(Target, "mine");
        await FailsAsync(PullError.Exists, Name);
        Assert.Equal("mine", System.IO.File.ReadAllText(Target));
        Assert.Equal([$"{Name}.csv"], Names());
        Assert.Equal(Path.Combine(Folder, "second.csv"), (await PullAsync(Name, new(Folder, Name: "second"))).Files[0].Path);
    }

    [Fact]
    public async Task A_broken_transfer_goes_on()
    {
        Server.Add(Repository, File, s_content);
        Server.Next((context, file) => file.SendAsync(context, cutAfter: 20));
        await PullAsync(Name);
        Assert.Equal("bytes=20-", Server.Downloads.Last().Range);
    }

    [Fact]
    public async Task A_web_page_is_no_survey()
    {
        Server.Add(Repository, File, s_content);
        Server.Next((context, file) =>
        {
            context.Response.ContentType = "text/html";
            return Task.CompletedTask;
        });
        Assert.Contains("not a survey", (await FailsAsync(PullError.Content, Name)).Message);
    }
}
