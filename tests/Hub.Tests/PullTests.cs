namespace LocalOpinions.Hub.Tests;

/// <summary>Pulls that go well: every way of naming a model, redirects, hashes, licences, split models.</summary>
public sealed class PullTests : PullTest
{
    readonly byte[] _content = Model(300_000);

    public PullTests() => Server.Add(Small, ModelFile, _content);

    [Theory]
    [InlineData("maker/Small-GGUF")]
    [InlineData("maker/Small-GGUF:Q8_0")]
    [InlineData("maker/Small-GGUF:q8_0")]
    [InlineData("maker/Small-GGUF@v1.0")]
    [InlineData("maker/Small-GGUF/small-Q8_0.gguf")]
    [InlineData("maker/Small-GGUF@main/small-Q8_0.gguf")]
    [InlineData("hf://maker/Small-GGUF/small-Q8_0.gguf")]
    [InlineData("HUB/maker/Small-GGUF")]
    [InlineData("HUB/maker/Small-GGUF/resolve/main/small-Q8_0.gguf")]
    [InlineData("HUB/maker/Small-GGUF/blob/main/small-Q8_0.gguf?download=true")]
    public async Task A_model_of_the_hub_by_any_of_its_names(string model)
    {
        var plan = await PullAsync(model.Replace("HUB", Server.Address));
        Assert.Equal([ModelFile], Names());
        Assert.Equal(_content, File.ReadAllBytes(plan.Files[0].Path));
        Assert.Equal(("small-Q8_0", "apache-2.0", 300_000, HashOrigin.Hub),
            (plan.Name, plan.Licence, plan.Bytes, plan.Files[0].HashFrom));
        Assert.Equal($"{Small}@{HubServer.Commit}", plan.Source);
        // One commit throughout, whatever the branch does meanwhile.
        Assert.All(Server.Requests.Where(r => r.Path.Contains("/resolve/")), r => Assert.Contains(HubServer.Commit, r.Path));
    }

    [Fact]
    public async Task Other_files_of_a_repository_are_no_choice_and_several_models_need_one()
    {
        Server.Add(Small, "mmproj-small-f16.gguf", Model(5000));
        Server.Add(Small, "README.md", "hello"u8.ToArray());
        await PullAsync(Small);
        Server.Add(Small, "small-Q4_K_M.gguf", Model(5000));
        var error = await FailsAsync(PullError.Argument, Small);
        Assert.Contains($"{Small}/small-Q4_K_M.gguf", error.Message);
        await PullAsync(Small + ":Q4_K_M");
        Assert.Equal(["small-Q4_K_M.gguf", ModelFile], Names());
    }

    [Fact]
    public async Task A_split_model_comes_whole_or_not_at_all()
    {
        for (var i = 1; i <= 3; i++)
            Server.Add("maker/Big-GGUF", $"Q4_K_M/big-Q4_K_M-{i:D5}-of-00003.gguf", Model(70_000, i));
        // The last part fails: none appears.
        Server.Next((c, f) => f.SendAsync(c));
        Server.Next((c, f) => f.SendAsync(c));
        Server.Next(Status(403));
        await FailsAsync(PullError.Refused, "maker/Big-GGUF:Q4_K_M");
        Assert.Equal(3, Names().Count(n => n.EndsWith(".part")));
        var before = Server.Downloads.Count();
        var plan = await PullAsync("maker/Big-GGUF/Q4_K_M/big-Q4_K_M-00002-of-00003.gguf");
        Assert.Equal([1, 2, 3], plan.Files.Select(f => int.Parse(Path.GetFileName(f.Path)[11..16])));
        Assert.Equal(3, Names().Length);
        Assert.Equal("big-Q4_K_M", plan.Name);
        Assert.Equal(before + 1, Server.Downloads.Count());
    }

    [Fact]
    public async Task A_split_model_with_a_part_missing_is_refused_before_anything_comes()
    {
        Server.Add("maker/Big-GGUF", "big-00001-of-00002.gguf", Model(5000));
        Assert.Contains("lacks big-00002-of-00002.gguf", (await FailsAsync(PullError.NotFound, "maker/Big-GGUF")).Message);
        Assert.Empty(Server.Downloads);
    }

    [Fact]
    public async Task An_address_outside_the_hub_is_pulled_and_what_cannot_be_verified_is_said()
    {
        var plan = await PullAsync($"{Server.Storage}/{Small}/{ModelFile}");
        Assert.Equal((HashOrigin.Nobody, null, null), (plan.Files[0].HashFrom, plan.Files[0].Sha256, plan.Licence));
        Assert.Equal([ModelFile], Names());
    }

    [Fact]
    public async Task A_split_model_outside_the_hub_comes_whole()
    {
        for (var i = 1; i <= 2; i++)
            Server.Add("a/b", $"big-{i:D5}-of-00002.gguf", Model(7000, i));
        await PullAsync($"{Server.Storage}/a/b/big-00002-of-00002.gguf");
        Assert.Equal(["big-00001-of-00002.gguf", "big-00002-of-00002.gguf"], Names());
    }

    [Fact]
    public async Task A_mirrors_linked_hash_is_held_against_the_bytes()
    {
        // Not the configured hub, so nothing but the headers of its redirect tells the hash.
        using var pull = new Pull(new("https://hub.invalid", null), $"{Server.Address}/{Small}/resolve/main/{ModelFile}", new(Folder));
        var plan = await pull.PlanAsync(default);
        Assert.Equal(HashOrigin.Hub, plan.Files[0].HashFrom);
        await pull.ExecuteAsync(plan, default);
        Assert.Equal(_content, File.ReadAllBytes(plan.Files[0].Path));
    }

    [Fact]
    public async Task A_name_of_ones_own_also_for_the_parts_of_a_split_model()
    {
        await PullAsync(Small, new(Folder, Name: "mine"));
        for (var i = 1; i <= 2; i++)
            Server.Add("a/b", $"big-{i:D5}-of-00002.gguf", Model(7000, i));
        await PullAsync("a/b", new(Folder, Name: "large.gguf"));
        Assert.Equal(["large-00001-of-00002.gguf", "large-00002-of-00002.gguf", "mine.gguf"], Names());
    }

    [Fact]
    public async Task What_is_there_already_is_verified_and_not_pulled_again()
    {
        await PullAsync(Small);
        var before = Server.Downloads.Count();
        var plan = await PullAsync(Small);
        Assert.True(plan.Files[0].IsThere);
        Assert.Equal(0, plan.Missing);
        Assert.Equal(before, Server.Downloads.Count());
    }

    [Fact]
    public async Task Other_content_of_that_name_is_never_overwritten()
    {
        var path = Path.Combine(Folder, ModelFile);
        foreach (var content in new[] { "mine"u8.ToArray(), Model(300_000, 2) })
        {
            File.WriteAllBytes(path, content);
            Assert.Contains(path, (await FailsAsync(PullError.Exists, Small)).Message);
            await FailsAsync(PullError.Exists, $"{Server.Storage}/{Small}/{ModelFile}");
            Assert.Equal(content, File.ReadAllBytes(path));
        }
        File.Delete(path);
        Directory.CreateDirectory(path);
        await FailsAsync(PullError.Exists, Small);
    }

    [Fact]
    public async Task A_file_that_appears_meanwhile_is_left_as_it_is()
    {
        using var pull = Start(Small);
        var plan = await pull.PlanAsync(default);
        File.WriteAllText(plan.Files[0].Path, "mine");
        Assert.Equal(PullError.Exists, (await Assert.ThrowsAsync<PullException>(() => pull.ExecuteAsync(plan, default))).Kind);
        Assert.Equal("mine", File.ReadAllText(plan.Files[0].Path));
    }

    [Fact]
    public async Task A_full_disk_is_told_before_anything_comes()
    {
        var error = await FailsAsync(PullError.Space, Small, new(Folder) { FreeSpace = _ => (64 << 20) + 299_999 });
        Assert.Contains("GB free", error.Message);
        Assert.Empty(Names());
        Assert.Empty(Server.Downloads);
        await PullAsync(Small, new(Folder) { FreeSpace = _ => (64 << 20) + 300_000 });
    }

    [Fact]
    public async Task Progress_counts_every_byte_once()
    {
        Server.Next((c, f) => f.SendAsync(c, cutAfter: 100_000));
        using var pull = Start(Small);
        await pull.ExecuteAsync(await pull.PlanAsync(default), default);
        Assert.Equal((300_000, 300_000, ModelFile, ""),
            (pull.Progress.Bytes, pull.Progress.Received, pull.Progress.File, pull.Progress.Note));
    }

    [Fact]
    public async Task A_plan_changes_nothing()
    {
        var folder = Path.Combine(Folder, "not", "there");
        using var pull = Start(Small, new(folder));
        Assert.Equal(300_000, (await pull.PlanAsync(default)).Missing);
        Assert.False(Directory.Exists(folder));
        Assert.Empty(Server.Downloads);
    }

    [Fact]
    public async Task The_folder_is_made_when_it_is_not_there()
    {
        await PullAsync(Small, new(Path.Combine(Folder, "not", "there")));
        Assert.True(File.Exists(Path.Combine(Folder, "not", "there", ModelFile)));
    }

    internal static Func<Microsoft.AspNetCore.Http.HttpContext, Served, Task> Status(int status, string? retryAfter = null) =>
        (context, _) =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    };
}
