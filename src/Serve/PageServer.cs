using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LocalOpinions.Serve;

/// <summary>Serves one page on this machine's loopback address, under a path that cannot be guessed.</summary>
/// <remarks>
/// Whoever else is logged in here may connect to a loopback port, and so may any web page open in a browser here. Against the former stands
/// the path; against the latter the same, and that only loopback's own names are answered to, whatever a name server made another name
/// point to.
/// </remarks>
public sealed class PageServer : IAsyncDisposable
{
    const int TokenBytes = 16;
    const int MostConnections = 64;

    readonly WebApplication _app;

    PageServer(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>Where the page is; the path is new for each server.</summary>
    public Uri Address { get; }

    /// <summary>Begins to serve.</summary>
    /// <param name="page">The page.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <exception cref="ServeException">The port cannot be had.</exception>
    public static async Task<PageServer> StartAsync(WatchedPage page, int port, CancellationToken cancellation = default)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        var app = Build(port);
        app.UseHostFiltering();
        app.Run(context => AnswerAsync(context, page, $"/{token}/"));
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw new ServeException(e is AddressInUseException || e.InnerException is AddressInUseException
                or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
                ? $"Port {port} is taken by another program. Give another one, or none for a free one."
                : $"Port {port} cannot be listened on: {e.InnerException?.Message ?? e.Message}. Give one above 1023, or none for a "
                    + $"free one.", e);
        }
        return new(app, new Uri($"{app.Urls.Single()}/{token}/"));
    }

    /// <summary>Ends, leaving what is being sent a moment to arrive.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    // Empty: no environment variable or settings file makes it listen elsewhere.
    static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = 0;
        });
        builder.Services.AddHostFiltering(o =>
        {
            o.AllowedHosts = ["127.0.0.1", "localhost"];
            o.AllowEmptyHosts = false;
            o.IncludeFailureMessage = false;
        });
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        return builder.Build();
    }

    static async Task AnswerAsync(HttpContext context, WatchedPage page, string path)
    {
        var response = context.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Path.Value ?? ""),
            Encoding.UTF8.GetBytes(path)))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return;
        }
        var current = page.Current();
        response.Headers.ContentSecurityPolicy = current.Policy;
        response.Headers.ETag = current.ETag;
        // Kept by the browser, and asked after each time.
        response.Headers.CacheControl = "private, no-cache";
        if (context.Request.Headers.IfNoneMatch.Contains(current.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = current.Html.Length;
        if (HttpMethods.IsGet(context.Request.Method))
            await response.Body.WriteAsync(current.Html, context.RequestAborted);
    }

    /// <summary>Signals are the caller's business.</summary>
    sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
