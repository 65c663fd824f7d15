using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>The serve command with a real results file, a real client and a real browser.</summary>
public sealed class ServeCommandTests : IDisposable
{
    static readonly HttpClient s_client = new(new SocketsHttpHandler { UseProxy = false });

    static readonly Regex s_block = new("<script type=\"application/octet-stream\"[^>]*>([^<]*)</script>");

    readonly Cli _cli = new();

    public ServeCommandTests() =>
        _cli.RunOnce("run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--threads", Cli.Threads);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_report_is_served_and_follows_the_results_until_the_end()
    {
        // Whatever the environment says to web servers, this one listens on loopback.
        using var serving = _cli.Start(["serve", "results.duckdb"], new Dictionary<string,
            string>
        { ["ASPNETCORE_URLS"] = "http://0.0.0.0:0", ["ASPNETCORE_HTTP_PORTS"] = "0" });
        var address = new Uri((await serving.StandardOutput.ReadLineAsync())!);
        Assert.Equal("127.0.0.1", address.Host);

        _cli.Run("report", "results.duckdb", "-o", "report.html").Succeeded();
        Assert.Equal(Frame(File.ReadAllText(_cli.PathOf("report.html"))), Frame(await s_client.GetStringAsync(address)));

        // A run can write while the page is served, and is seen then.
        Ask("qwen3-bpe");
        var page = await s_client.GetStringAsync(address);
        Assert.Contains("qwen3-bpe", Data(page));

        using (var kill = ChildProcess.Start("kill", ["-INT", serving.Id.ToString()]))
            await kill.WaitForExitAsync();
        var ended = Cli.End(serving);
        Assert.Equal(130, ended.Code);
        Assert.Contains("the results changed", ended.Error);
        Assert.DoesNotContain("Exception", ended.Error);
        await Assert.ThrowsAsync<HttpRequestException>(() => s_client.GetAsync(address));
    }

    // The header's policy and the page's own must together still let the page work.
    [Fact]
    public async Task The_served_page_is_drawn_by_a_browser_without_an_error()
    {
        var browser = new[] { "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(n => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(f => Path.Combine(f, n)))
                .FirstOrDefault(File.Exists);
        if (browser is null)
            Assert.Skip("Chromium is not installed: the served page was not opened in a browser.");
        using var serving = _cli.Start(["serve", "results.duckdb"]);
        var start = new ProcessStartInfo(browser,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            $"--user-data-dir={_cli.PathOf("profile")}", "--enable-logging=stderr",
            // The page unpacks its data after it has loaded.
            "--virtual-time-budget=20000", "--dump-dom", (await serving.StandardOutput.ReadLineAsync())!,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = ChildProcess.Start(start);
        var drawn = Cli.End(process);
        serving.Kill();
        Assert.Equal(0, drawn.Code);
        Assert.Contains("<path", drawn.Output);
        Assert.DoesNotContain(drawn.Error.Split('\n'), l => l.Contains("CONSOLE") && !l.Contains("favicon"));
    }

    [Fact]
    public async Task A_port_that_is_taken_and_results_that_are_not_there_are_told()
    {
        using var serving = _cli.Start(["serve", "results.duckdb"]);
        var port = new Uri((await serving.StandardOutput.ReadLineAsync())!).Port.ToString();
        _cli.Run("serve", "results.duckdb", "--port", port).Failed(4, $"Port {port} is taken", "--port");
        serving.Kill();
        _cli.Run("serve", "nonesuch.duckdb").Failed(3, "nonesuch.duckdb");
        _cli.Run("serve", "results.duckdb", "--port", "70000").Failed(2, "--port", "65,535");
    }

    // All but the data: the last digit of a mean depends on the order in which DuckDB's threads add up.
    static string Frame(string page) => s_block.Replace(page, "");

    static string Data(string page) => string.Concat(s_block.Matches(page).Select(block =>
    {
        using var unpacked = new GZipStream(new MemoryStream(Convert.FromBase64String(block.Groups[1].Value)), CompressionMode.Decompress);
        return new StreamReader(unpacked, Encoding.Latin1).ReadToEnd();
    }));

    void Ask(string model) => _cli.Run("run", "--model", Cli.Tiny(model), "--survey", "sample", "--threads", Cli.Threads).Succeeded();
}
