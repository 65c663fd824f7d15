using System.Globalization;

namespace LocalOpinions.Hub.Tests;

/// <summary>Connections that break, stall, forget and lie.</summary>
public sealed class ConnectionTests : PullTest
{
    const int Size = 500_000;

    readonly byte[] _content = Model(Size);
    readonly Served _served;

    public ConnectionTests() => _served = Server.Add(Small, ModelFile, _content);

    string Direct => $"{Server.Storage}/{Small}/{ModelFile}";

    [Fact]
    public async Task A_body_that_is_too_short_is_gone_on_with()
    {
        foreach (var bytes in new[] { 200_000, 3, 0, 150_000 })
            Server.Next((c, f) => f.SendAsync(c, cutAfter: bytes));
        await PullAsync(Small);
        Assert.Equal([null, "bytes=200000-", "bytes=200003-", "bytes=200003-", "bytes=350003-"], Server.Downloads.Select(d => d.Range));
        // From the second on, only if the content is still the same.
        Assert.All(Server.Downloads.Skip(1), d => Assert.Equal(_served.ETag, d.IfRange));
        Assert.Equal([1, 2, 4, 8], Waits.Select(w => w.TotalSeconds));
    }

    [Fact]
    public async Task A_connection_that_is_torn_down_is_gone_on_with()
    {
        for (var i = 0; i < 3; i++)
        {
            Server.Next(async (context, file) =>
            {
                context.Response.ContentLength = Size;
                await context.Response.Body.WriteAsync(file.Content.AsMemory(0, 100_000));
                await context.Response.Body.FlushAsync();
                context.Abort();
            });
        }
        // The torn answers always begin at the beginning: nothing may be counted twice.
        await PullAsync(Small);
        Assert.Equal(4, Server.Downloads.Count());
    }

    [Fact]
    public async Task A_silent_server_counts_as_lost()
    {
        Server.Next(async (context, file) =>
        {
            context.Response.ContentLength = Size;
            await context.Response.Body.WriteAsync(file.Content.AsMemory(0, 1000));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { });
        });
        Server.Next((context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }));
        await PullAsync(Small, new(Folder) { Patience = TimeSpan.FromSeconds(0.5) });
        Assert.Equal([null, "bytes=1000-", "bytes=1000-"], Server.Downloads.Select(d => d.Range));
    }

    [Fact]
    public async Task A_later_pull_goes_on_where_an_earlier_one_was_interrupted()
    {
        using (var pull = Start(Small))
        using (var interruption = new CancellationTokenSource())
        {
            Server.Next(async (context, file) =>
            {
                context.Response.ContentLength = Size;
                await context.Response.Body.WriteAsync(file.Content.AsMemory(0, 123_456));
                await context.Response.Body.FlushAsync();
                while (pull.Progress.Received < 123_456)
                    await Task.Delay(1);
                interruption.Cancel();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { });
            });
            var plan = await pull.PlanAsync(default);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull.ExecuteAsync(plan, interruption.Token));
        }
        Assert.EndsWith(".part", Assert.Single(Names()));
        using (var pull = Start(Small))
            Assert.Equal((123_456, Size - 123_456), ((await pull.PlanAsync(default)).Files[0].Left,
                (await pull.PlanAsync(default)).Missing));
        await PullAsync(Small);
        Assert.Equal("bytes=123456-", Server.Downloads.Last().Range);
        Assert.Equal([ModelFile], Names());
    }

    [Fact]
    public async Task A_file_that_had_come_whole_is_only_put_in_place()
    {
        await PullAsync(Small);
        Server.Next((c, f) => f.SendAsync(c, cutAfter: 10));
        Server.Next(PullTests.Status(404));
        await FailsAsync(PullError.NotFound, Small, new(Folder, Name: "again"));
        var part = Assert.Single(Names(), n => n.EndsWith(".part"));
        File.Copy(Path.Combine(Folder, ModelFile), Path.Combine(Folder, part), overwrite: true);
        var before = Server.Downloads.Count();
        await PullAsync(Small, new(Folder, Name: "again"));
        Assert.Equal(before, Server.Downloads.Count());
        Assert.Equal(["again.gguf", ModelFile], Names());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_knows_no_ranges_begins_again(bool etag)
    {
        Server.Next((c, f) => f.SendAsync(c, ranges: false, etag, cutAfter: 200_000));
        Server.Next((c, f) => f.SendAsync(c, ranges: false, etag, cutAfter: 300_000));
        Server.Next((c, f) => f.SendAsync(c, ranges: false, etag));
        await PullAsync(Small);
        Assert.Equal([null, "bytes=200000-", "bytes=300000-"], Server.Downloads.Select(d => d.Range));
    }

    [Fact]
    public async Task A_server_that_goes_on_elsewhere_than_asked_is_not_believed()
    {
        Server.Next((c, f) => f.SendAsync(c, cutAfter: 200_000));
        Server.Next(async (context, file) =>
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes 100000-{Size - 1}/{Size}";
            await context.Response.Body.WriteAsync(file.Content.AsMemory(100_000));
        });
        Server.Next((context, _) => { context.Response.StatusCode = 416; return Task.CompletedTask; });
        await PullAsync(Small);
        Assert.Equal([null, "bytes=200000-", null, null], Server.Downloads.Select(d => d.Range));
    }

    [Fact]
    public async Task Without_a_hash_or_a_mark_nothing_is_gone_on_with()
    {
        Server.Next((c, f) => f.SendAsync(c, etag: false));
        Server.Next((c, f) => f.SendAsync(c, etag: false, cutAfter: 200_000));
        Server.Next(PullTests.Status(404));
        await FailsAsync(PullError.NotFound, Direct);
        Server.Next((c, f) => f.SendAsync(c, etag: false));
        Server.Next((c, f) => f.SendAsync(c, etag: false));
        await PullAsync(Direct);
        Assert.Null(Server.Downloads.Last().Range);
    }

    [Fact]
    public async Task A_file_that_changes_in_mid_download_is_never_patched_together()
    {
        Server.Next((c, f) => f.SendAsync(c));
        Server.Next((context, file) =>
        {
            file.Content = Model(Size, seed: 2);
            return new Served(_content).SendAsync(context, cutAfter: 200_000);
        });
        var error = await FailsAsync(PullError.Content, Direct);
        Assert.Contains("changed on its server", error.Message);
        Assert.Empty(Names());
        await PullAsync(Direct);
        Assert.Equal(_served.Content, File.ReadAllBytes(Path.Combine(Folder, ModelFile)));
    }

    [Fact]
    public async Task What_is_left_of_an_older_content_is_dropped_not_continued()
    {
        Server.Next((c, f) => f.SendAsync(c));
        Server.Next((c, f) => f.SendAsync(c, cutAfter: 200_000));
        Server.Next(PullTests.Status(404));
        await FailsAsync(PullError.NotFound, Direct);
        Assert.Single(Names());
        _served.Content = Model(Size, seed: 3);
        await PullAsync(Direct);
        Assert.Null(Server.Downloads.Last().Range);
        Assert.Equal([ModelFile], Names());
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_busy_server_is_waited_for_as_long_as_it_asks(int status)
    {
        Server.Next(PullTests.Status(status, "37"));
        Server.Next(PullTests.Status(status, DateTimeOffset.UtcNow.AddMinutes(2).ToString("R", CultureInfo.InvariantCulture)));
        Server.Next(PullTests.Status(status));
        await PullAsync(Small);
        Assert.Equal(37, Waits[0].TotalSeconds);
        Assert.InRange(Waits[1].TotalSeconds, 60, 120);
        Assert.Equal(4, Waits[2].TotalSeconds);
    }

    [Fact]
    public async Task A_server_that_stays_busy_is_given_up_and_nothing_is_lost()
    {
        Server.Next((c, f) => f.SendAsync(c, cutAfter: 200_000));
        for (var i = 0; i < 5; i++)
            Server.Next(PullTests.Status(503));
        Assert.Contains("Given up after 6 failures", (await FailsAsync(PullError.Network, Small)).Message);
        await PullAsync(Small);
        Assert.Equal("bytes=200000-", Server.Downloads.Last().Range);
    }

    [Fact]
    public async Task Nobody_waits_for_hours()
    {
        Server.Next(PullTests.Status(429, "7200"));
        Assert.Contains("120 minutes", (await FailsAsync(PullError.Network, Small)).Message);
        Assert.Empty(Waits);
    }

    [Fact]
    public async Task A_long_file_over_a_bad_line_comes_in_the_end()
    {
        var served = Server.Add("maker/Long-GGUF", "long.gguf", Model(20 << 20));
        for (var i = 0; i < 15; i++)
            Server.Next((c, f) => f.SendAsync(c, cutAfter: (1 << 20) + 1000 * i));
        await PullAsync("maker/Long-GGUF");
        Assert.Equal(served.Content, File.ReadAllBytes(Path.Combine(Folder, "long.gguf")));
        Assert.All(Waits, w => Assert.Equal(1, w.TotalSeconds));
    }

    [Fact]
    public async Task Two_pulls_of_one_model_do_not_mix()
    {
        using var first = Start(Small);
        var plan = await first.PlanAsync(default);
        var second = default(PullException);
        Server.Next(async (context, file) =>
        {
            second = await Assert.ThrowsAsync<PullException>(() => PullAsync(Small));
            await file.SendAsync(context);
        });
        await first.ExecuteAsync(plan, default);
        Assert.Equal(PullError.Exists, second!.Kind);
        Assert.Equal(_content, File.ReadAllBytes(Path.Combine(Folder, ModelFile)));
    }
}
