using System.Security.Cryptography;

namespace LocalOpinions.Hub.Tests;

/// <summary>A hub, a models folder, and pulls from the one into the other.</summary>
public abstract class PullTest : IAsyncDisposable
{
    protected const string Small = "maker/Small-GGUF";
    protected const string ModelFile = "small-Q8_0.gguf";

    internal HubServer Server { get; } = HubServer.Run();

    protected string Folder { get; } = Directory.CreateTempSubdirectory("localopinions-pull-").FullName;

    /// <summary>How long the pulls waited before they asked again.</summary>
    protected List<TimeSpan> Waits { get; } = [];

    protected string? Token { get; set; }

    public virtual async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Bytes that begin as a model does.</summary>
    protected static byte[] Model(int bytes, int seed = 1)
    {
        var content = new byte[bytes];
        new Random(seed).NextBytes(content);
        "GGUF"u8.CopyTo(content);
        return content;
    }

    protected async Task<PullPlan> PullAsync(string model, PullOptions? options = null)
    {
        using var pull = Start(model, options);
        var plan = await pull.PlanAsync(default);
        var hashes = await pull.ExecuteAsync(plan, default);
        Assert.Equal(plan.Files.Select(f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f.Path)))), hashes);
        return plan;
    }

    protected Pull Start(string model, PullOptions? options = null) => new(new(Server.Address, Token), model, (options ?? new(Folder)) with
    {
        Patience = options?.Patience is { TotalSeconds: < 30 } patience ? patience : TimeSpan.FromSeconds(20),
        Wait = (time, _) =>
        {
            Waits.Add(time);
            return Task.CompletedTask;
        },
    });

    /// <summary>Fails as it should, and leaves nothing that looks like a model.</summary>
    protected async Task<PullException> FailsAsync(PullError kind, string model, PullOptions? options = null)
    {
        var models = Directory.GetFiles(Folder, "*.gguf");
        var error = await Assert.ThrowsAsync<PullException>(() => PullAsync(model, options));
        Assert.True(kind == error.Kind, $"{error.Kind}: {error.Message}");
        Assert.Equal(models, Directory.GetFiles(Folder, "*.gguf"));
        Assert.DoesNotContain("Signature", error.Message);
        return error;
    }

    protected string[] Names() => [.. Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
}
