using System.Text;
using Microsoft.AspNetCore.Http;

namespace LocalOpinions.Hub.Tests;

/// <summary>Wrong hashes, wrong files, wrong names, and tokens that must not travel.</summary>
public sealed class DeceitTests : PullTest
{
    readonly byte[] _content = Model(50_000);
    readonly Served _served;

    public DeceitTests() => _served = Server.Add(Small, ModelFile, _content);

    string Direct => $"{Server.Storage}/{Small}/{ModelFile}";

    [Fact]
    public async Task Bytes_that_the_hub_did_not_state_are_dropped()
    {
        _served.Content = Model(50_000, seed: 9);
        var error = await FailsAsync(PullError.Content, Small);
        Assert.Contains(_served.StatedSha256, error.Message);
        Assert.Contains("the hub", error.Message);
        Assert.Empty(Names());
    }

    [Fact]
    public async Task A_hash_that_the_user_states_counts()
    {
        var wrong = new string('a', 64);
        // The hub states another: known before anything comes.
        Assert.Contains(wrong, (await FailsAsync(PullError.Content, Small, new(Folder, Sha256: [wrong]))).Message);
        Assert.Empty(Server.Downloads);
        Assert.Contains("the one given", (await FailsAsync(PullError.Content, Direct, new(Folder, Sha256: [wrong]))).Message);
        Assert.Empty(Names());
        var plan = await PullAsync(Direct, new(Folder, Sha256: [_served.StatedSha256.ToUpperInvariant()]));
        Assert.Equal(HashOrigin.User, plan.Files[0].HashFrom);
    }

    [Fact]
    public async Task A_redirect_that_contradicts_the_hubs_list_is_refused()
    {
        using var pull = Start(Small);
        var plan = await pull.PlanAsync(default);
        _served.StatedSha256 = new string('b', 64);
        var error = await Assert.ThrowsAsync<PullException>(() => pull.ExecuteAsync(plan, default));
        Assert.Contains(new string('b', 64), error.Message);
        Assert.Empty(Names());
    }

    [Theory]
    [InlineData("1234")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void A_text_that_is_no_hash(string text) =>
        Assert.Equal(PullError.Argument, Assert.Throws<PullException>(() => Start(Small, new(Folder, Sha256: [text]))).Kind);

    [Fact]
    public Task One_hash_for_each_file() => FailsAsync(PullError.Argument, Small, new(Folder, Sha256: [new('a', 64), new('b', 64)]));

    [Fact]
    public async Task What_does_not_begin_as_a_model_is_refused_at_once()
    {
        var zip = Server.Add("maker/Zip-GGUF", "zip.gguf", Encoding.ASCII.GetBytes("PK" + new string('x', 10_000_000)));
        Assert.Contains("not GGUF", (await FailsAsync(PullError.Content, "maker/Zip-GGUF")).Message);
        Assert.Empty(Names());
        zip.Content = [];
        zip.StatedSha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        Assert.Contains("empty", (await FailsAsync(PullError.Content, "maker/Zip-GGUF")).Message);
    }

    [Fact]
    public async Task A_web_page_is_no_model()
    {
        Func<HttpContext, Served, Task> page = (context, _) =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync("GGUF <html>Please log in");
        };
        Server.Next(page);
        Assert.Contains("web page", (await FailsAsync(PullError.Content, Direct)).Message);
        Server.Next(page);
        Assert.Contains("web page", (await FailsAsync(PullError.Content, Small)).Message);
        Assert.Empty(Names());
    }

    [Fact]
    public async Task More_bytes_than_announced_are_not_taken()
    {
        Server.Next((context, file) => context.Response.Body.WriteAsync(Model(60_000)).AsTask());
        Assert.Contains("longer than the 50,000 bytes", (await FailsAsync(PullError.Content, Small)).Message);
        Server.Next((context, file) =>
        {
            context.Response.ContentLength = 60_000;
            return context.Response.Body.WriteAsync(Model(60_000)).AsTask();
        });
        Assert.Contains("changed", (await FailsAsync(PullError.Content, Small)).Message);
        Assert.Empty(Names());
    }

    [Fact]
    public async Task A_size_that_nobody_states_is_no_hindrance()
    {
        Server.TellsHashes = false;
        Server.Next((context, file) => context.Response.Body.WriteAsync(file.Content).AsTask());
        var plan = await PullAsync(Small);
        Assert.Equal((null, HashOrigin.Nobody), (plan.Bytes, plan.Files[0].HashFrom));
    }

    [Theory]
    [InlineData("../../evil.gguf")]
    [InlineData("..\\..\\evil.gguf")]
    [InlineData("/etc/evil.gguf")]
    [InlineData("a/b/evil.gguf")]
    [InlineData("C:\\evil.gguf")]
    public async Task A_proposed_name_never_leaves_the_folder(string name)
    {
        Server.Add("a", "b", []);
        Server.Repositories["a/download"] = new() { ["id=7"] = _served };
        Func<HttpContext, Served, Task> proposing = (context, file) =>
        {
            context.Response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(name)}";
            return file.SendAsync(context);
        };
        Server.Next(proposing);
        Server.Next(proposing);
        var plan = await PullAsync($"{Server.Storage}/a/download/id=7");
        Assert.Equal(Path.Combine(Folder, "evil.gguf"), plan.Files[0].Path);
        Assert.Equal(["evil.gguf"], Names());
    }

    [Theory]
    [InlineData("..")]
    [InlineData("...gguf")]
    [InlineData(".gguf")]
    [InlineData("-rf.gguf")]
    [InlineData("new\nline.gguf")]
    [InlineData("bell\u0007.gguf")]
    [InlineData("con.gguf")]
    [InlineData("a:b.gguf")]
    [InlineData("run.sh")]
    [InlineData("folder/")]
    [InlineData("")]
    public void A_name_that_is_none_is_refused(string name) =>
        Assert.Throws<PullException>(() => LocalName.Of("some/" + name, FileKind.Model));

    [Fact]
    public void A_name_may_be_in_any_script() => Assert.Equal("модель-模型.gguf", LocalName.Of("x/модель-模型.gguf", FileKind.Model));

    [Fact]
    public void A_name_is_not_longer_than_a_disk_allows() =>
        Assert.Throws<PullException>(() => LocalName.Of(new string('ж', 101) + ".gguf", FileKind.Model));

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/b.gguf")]
    [InlineData("..")]
    [InlineData("")]
    public Task A_name_that_a_user_gives_is_no_path_either(string name) => FailsAsync(PullError.Argument, Small, new(Folder, Name: name));

    [Fact]
    public async Task A_repository_that_lists_paths_out_of_the_folder_does_not_get_them()
    {
        Server.Add("maker/Evil-GGUF", "../../evil.gguf", _content);
        await FailsAsync(PullError.NotFound, "maker/Evil-GGUF");
        Assert.Empty(Server.Downloads);
    }

    [Fact]
    public async Task The_token_reaches_the_hub_and_nobody_else()
    {
        Server.Token = Token = "hf_secret";
        await PullAsync(Small);
        var (hub, storage) = (new Uri(Server.Address).Authority, new Uri(Server.Storage).Authority);
        Assert.NotEmpty(Server.Downloads);
        Assert.All(Server.Requests.Where(r => r.Host == hub), r => Assert.Equal("Bearer hf_secret", r.Authorization));
        Assert.All(Server.Requests.Where(r => r.Host == storage), r => Assert.Null(r.Authorization));
        // Nor when asked there directly.
        await PullAsync(Direct, new(Folder, Name: "direct"));
        Assert.All(Server.Requests.Where(r => r.Host == storage), r => Assert.Null(r.Authorization));
    }

    [Fact]
    public async Task A_model_that_needs_a_token_says_so_and_never_shows_it()
    {
        Server.Token = "hf_right";
        var error = await FailsAsync(PullError.Refused, Small);
        Assert.Contains(HubEndpoint.TokenVariable, error.Message);
        Assert.Contains("licence", error.Message);
        Token = "hf_wrong";
        error = await FailsAsync(PullError.Refused, Small);
        Assert.Contains("gives no access", error.Message);
        Assert.DoesNotContain("hf_wrong", error.ToString());
    }

    [Theory]
    [InlineData("http://models.invalid/m.gguf")]
    [InlineData("ftp://models.invalid/m.gguf")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:password@models.invalid/m.gguf")]
    [InlineData("https://")]
    [InlineData("HUB/")]
    [InlineData("HUB/maker")]
    [InlineData("HUB/maker/Small-GGUF/discussions")]
    [InlineData("maker/Small-GGUF/../../../etc/x.gguf")]
    [InlineData("../Small-GGUF")]
    [InlineData("./model.gguf")]
    [InlineData("maker//x.gguf")]
    [InlineData("maker/Small-GGUF:")]
    [InlineData("nonesuch")]
    [InlineData("")]
    public async Task What_names_no_model_is_refused_before_anything_is_asked(string model)
    {
        var error = await FailsAsync(PullError.Argument, model.Replace("HUB", Server.Address));
        Assert.DoesNotContain("password", error.Message.Replace("user name or password", ""));
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("http://models.invalid/m.gguf")]
    [InlineData("file:///etc/passwd")]
    [InlineData(null)]
    public async Task A_redirect_to_somewhere_insecure_is_not_followed(string? location)
    {
        Server.Next((context, _) =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        });
        Assert.Contains("redirects to", (await FailsAsync(PullError.Content, Small)).Message);
    }

    [Fact]
    public void A_redirect_from_elsewhere_does_not_lead_to_this_machine() =>
        Assert.Throws<PullException>(() => WebAddress.Follow(new("https://models.invalid/m.gguf"), new("http://127.0.0.1:8080/m.gguf")));

    [Fact]
    public async Task A_redirect_in_circles_ends()
    {
        for (var i = 0; i < 20; i++)
        {
            Server.Next((context, _) =>
            {
                context.Response.StatusCode = 307;
                context.Response.Headers.Location = context.Request.Path.Value;
                return Task.CompletedTask;
            });
        }
        Assert.Contains("more than 10 times", (await FailsAsync(PullError.Content, Small)).Message);
    }

    [Fact]
    public async Task What_is_not_there_is_said_with_what_is()
    {
        await FailsAsync(PullError.NotFound, "maker/Nonesuch-GGUF");
        Assert.Contains(ModelFile, (await FailsAsync(PullError.NotFound, Small + "/other.gguf")).Message);
        Assert.Contains(ModelFile, (await FailsAsync(PullError.NotFound, Small + ":Q2_K")).Message);
    }

    [Fact]
    public async Task A_hub_that_is_not_there_is_told_at_once()
    {
        using var pull = new Pull(new("http://127.0.0.1:1", null), Small, new(Folder));
        var error = await Assert.ThrowsAsync<PullException>(() => pull.PlanAsync(default));
        Assert.Equal(PullError.Network, error.Kind);
        Assert.Contains("cannot be reached", error.Message);
    }
}
