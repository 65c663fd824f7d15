using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace LocalOpinions.Hub.Tests;

/// <summary>
/// A hub in the Hugging Face layout and the storage host it redirects to, each on a loopback port of its own, with faults to order.
/// </summary>
sealed partial class HubServer : IAsyncDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    readonly WebApplication _hub, _storage;
    readonly Queue<Func<HttpContext, Served, Task>> _faults = new();

    HubServer()
    {
        _hub = Start(AnswerAsync);
        _storage = Start(StoreAsync);
    }

    public static HubServer Run() => new();

    /// <summary>What each repository holds.</summary>
    public Dictionary<string, Dictionary<string, Served>> Repositories { get; } = [];

    /// <summary>All requests in the order they came.</summary>
    public List<Asked> Requests { get; } = [];

    /// <summary>The token without which nothing is served; null for none.</summary>
    public string? Token { get; set; }

    public string? Licence { get; set; } = "apache-2.0";

    /// <summary>Whether the API tells hashes and sizes.</summary>
    public bool TellsHashes { get; set; } = true;

    public string Address => Of(_hub);

    public string Storage => Of(_storage);

    public IEnumerable<Asked> Downloads => Requests.Where(r => r.Host == new Uri(Storage).Authority);

    public Served Add(string repository, string path, byte[] content, bool small = false)
    {
        if (!Repositories.TryGetValue(repository, out var files))
            Repositories[repository] = files = [];
        return files[path] = new(content) { IsSmall = small };
    }

    /// <summary>Answers the storage host's next request in this way instead.</summary>
    public void Next(Func<HttpContext, Served, Task> fault) => _faults.Enqueue(fault);

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _storage.DisposeAsync();
    }

    static string Of(WebApplication app) => app.Urls.Single();

    WebApplication Start(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(context =>
        {
            lock (Requests)
                Requests.Add(new(context.Request.Host.Value!, context.Request.GetEncodedPathAndQuery(),
                    context.Request.Headers.Authorization, context.Request.Headers.Range, context.Request.Headers.IfRange));
            return answer(context);
        });
        app.StartAsync().GetAwaiter().GetResult();
        return app;
    }

    async Task AnswerAsync(HttpContext context)
    {
        if (Token is not null && context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = 401;
            return;
        }
        var path = context.Request.Path.Value!.Trim('/');
        if (Api().Match(path) is { Success: true } api && Repositories.TryGetValue(Repository(api), out var files))
            await context.Response.WriteAsync(Describe(files));
        else if (Resolved().Match(path) is { Success: true } file && Find(Repository(file), file.Groups["file"].Value) is { } served)
        {
            context.Response.Headers["X-Repo-Commit"] = Commit;
            if (served.IsSmall)
            {
                await served.SendAsync(context);
                return;
            }
            context.Response.StatusCode = 302;
            context.Response.Headers["X-Linked-Etag"] = $"\"{served.StatedSha256}\"";
            context.Response.Headers["X-Linked-Size"] = served.Content.Length.ToString();
            context.Response.Headers.Location = $"{Storage}/{Repository(file)}/{file.Groups["file"].Value}?Signature=secret";
        }
        else
            context.Response.StatusCode = 404;
    }

    Served? Find(string repository, string file) => Repositories.GetValueOrDefault(repository)?.GetValueOrDefault(file);

    // As the hub has it: models are spoken of without a word, in addresses of files and of pages.
    static string Repository(Match match) => (match.Groups["datasets"].Success ? "datasets/" : "") + match.Groups["name"].Value;

    [GeneratedRegex("^api/(models|(?<datasets>datasets))/(?<name>[^/]+/[^/]+)/revision/[^/]+$")]
    private static partial Regex Api();

    [GeneratedRegex("^(?<datasets>datasets/)?(?<name>[^/]+/[^/]+)/resolve/[^/]+/(?<file>.+)$")]
    private static partial Regex Resolved();

    string Describe(Dictionary<string, Served> files) => JsonSerializer.Serialize(new
    {
        sha = Commit,
        cardData = Licence is null ? null : new { license = Licence },
        tags = new[] { "gguf" },
        siblings = files.Select(f => TellsHashes
            ? f.Value.IsSmall ? new { rfilename = f.Key, size = f.Value.Content.Length, blobId = f.Value.StatedGitId } : (object)new
            {
                rfilename = f.Key,
                size = f.Value.Content.Length,
                // Of the pointer, not of the file.
                blobId = new string('b', 40),
                lfs = new { sha256 = f.Value.StatedSha256, size = f.Value.Content.Length, pointerSize = 135 }
            }
            : new { rfilename = f.Key }),
    });

    Task StoreAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Trim('/');
        var (repository, files) = Repositories.Where(r => path.StartsWith(r.Key + "/", StringComparison.Ordinal)).MaxBy(r => r.Key.Length);
        var served = files[path[(repository.Length + 1)..]];
        return _faults.TryDequeue(out var fault) ? fault(context, served) : served.SendAsync(context);
    }
}

/// <summary>One request as it arrived.</summary>
sealed record Asked(string Host, string Path, string? Authorization, string? Range, string? IfRange);

/// <summary>A file that a server has.</summary>
sealed class Served(byte[] content)
{
    public byte[] Content { get; set; } = content;

    /// <summary>The hash that the hub states: the true one, unless a test says otherwise.</summary>
    public string StatedSha256 { get; set; } = Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Whether the hub keeps it in git itself: then it states git's id of it, and serves it without another host.</summary>
    public bool IsSmall { get; init; }

    /// <summary>The id that the hub states of a small file.</summary>
    public string StatedGitId { get; set; } = Convert.ToHexStringLower(
        SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));

    public string? ETag => $"\"{Convert.ToHexStringLower(MD5.HashData(Content))}\"";

    /// <summary>Serves the file as a good server does: whole, or from a byte on if the content is still the same.</summary>
    public async Task SendAsync(HttpContext context, bool ranges = true, bool etag = true, int? cutAfter = null)
    {
        var response = context.Response;
        if (etag)
            response.Headers.ETag = ETag;
        var from = 0;
        if (ranges && context.Request.Headers.Range is { Count: 1 } range
            && (context.Request.Headers.IfRange is not { Count: 1 } condition || condition == ETag))
        {
            from = int.Parse(range[0]!["bytes=".Length..^1]);
            if (from >= Content.Length)
            {
                response.StatusCode = 416;
                return;
            }
            response.StatusCode = 206;
            response.Headers.ContentRange = $"bytes {from}-{Content.Length - 1}/{Content.Length}";
        }
        response.ContentType = "application/octet-stream";
        response.ContentLength = Content.Length - from;
        await response.Body.WriteAsync(Content.AsMemory(from, Math.Min(cutAfter ?? int.MaxValue, Content.Length - from)));
        await response.Body.FlushAsync();
        if (cutAfter is not null)
            await response.CompleteAsync();
    }
}
