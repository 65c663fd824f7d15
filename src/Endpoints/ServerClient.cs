using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalOpinions.Endpoints;

/// <summary>Requests to one server over connections that are kept, repeated where a failure may pass. Thread-safe.</summary>
public sealed class ServerClient : IDisposable
{
    /// <summary>The environment variable that holds the access token.</summary>
    public const string TokenVariable = "LOCALOPINIONS_API_KEY";

    static readonly TimeSpan s_connect = TimeSpan.FromSeconds(20);
    // llama-server begins a thread for a connection when none waits for one. Of many connections at once several are given the same waiting
    // thread, and all but one then get no answer until some other connection was idle for 5 seconds.
    static readonly TimeSpan s_betweenConnections = TimeSpan.FromMilliseconds(5);

    readonly ServerAddress _address;
    readonly ServerPatience _patience;
    readonly string? _token;
    readonly Outages _outages;
    readonly HttpClient _client;
    readonly SemaphoreSlim _connecting = new(1);

    /// <param name="address">The server.</param>
    /// <param name="token">The access token; null or empty for none. It goes to this server alone.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="warn">Told in words when the server fails and is asked again.</param>
    public ServerClient(ServerAddress address, string? token, ServerPatience patience, Action<string> warn)
    {
        (_address, _patience, _token) = (address, patience, string.IsNullOrWhiteSpace(token) ? null : token.Trim());
        _outages = new(patience, warn);
        _client = new(new SocketsHttpHandler
        {
            // Whoever a server redirects to was not asked for, and must not see the token or the questions.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !address.IsLoopback,
            ConnectTimeout = s_connect,
            ConnectCallback = ConnectAsync,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
            EnableMultipleHttp2Connections = true,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new("localopinions", typeof(ServerClient).Assembly.GetName().Version!.ToString(3)));
    }

    /// <summary>The server.</summary>
    public ServerAddress Address => _address;

    /// <summary>Reads what lies at a path.</summary>
    /// <returns>Null where the server knows no such path.</returns>
    /// <exception cref="EndpointException">No answer, or one that says no.</exception>
    internal Task<JsonDocument?> FindAsync(string path, CancellationToken cancellation) =>
        RepeatedAsync(() => new(HttpMethod.Get, new Uri(_address.Address, path)), orNull: true, cancellation);

    /// <summary>Asks.</summary>
    /// <exception cref="EndpointException">No answer, or one that says no.</exception>
    internal async Task<JsonDocument> PostAsync(string path, JsonObject question, CancellationToken cancellation) =>
        (await PostAsync(path, question, orNull: false, cancellation))!;

    /// <summary>Asks what not every server knows.</summary>
    /// <returns>Null where the server knows no such path.</returns>
    /// <exception cref="EndpointException">No answer, or one that says no.</exception>
    internal Task<JsonDocument?> TryPostAsync(string path, JsonObject question, CancellationToken cancellation) =>
        PostAsync(path, question, orNull: true, cancellation);

    Task<JsonDocument?> PostAsync(string path, JsonObject question, bool orNull, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(question);
        return RepeatedAsync(() => new(HttpMethod.Post, new Uri(_address.Address, path))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        }, orNull, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _connecting.Dispose();
    }

    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext to, CancellationToken cancellation)
    {
        await _connecting.WaitAsync(cancellation);
        try
        {
            await Task.Delay(s_betweenConnections, cancellation);
        }
        finally
        {
            _connecting.Release();
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    async Task<JsonDocument?> RepeatedAsync(Func<HttpRequestMessage> request, bool orNull, CancellationToken cancellation)
    {
        var (failures, first) = (0, 0L);
        while (true)
        {
            try
            {
                using var asked = request();
                var reply = await OnceAsync(asked, orNull, cancellation);
                _outages.Replied();
                return reply;
            }
            catch (EndpointException e) when (e.IsTransient)
            {
                first = failures++ == 0 ? Stopwatch.GetTimestamp() : first;
                await _outages.AfterAsync(e, failures, first, cancellation);
            }
        }
    }

    async Task<JsonDocument?> OnceAsync(HttpRequestMessage request, bool orNull, CancellationToken cancellation)
    {
        if (_token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience.Reply);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var body = await response.Content.ReadAsByteArrayAsync(patience.Token);
            return response switch
            {
                { IsSuccessStatusCode: true } => Parsed(body, request),
                { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented } when orNull =>
                    null,
                _ => throw ServerRefusal.Of(response, body, _address, _token is not null),
            };
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            // An https address of a server that speaks http is waited for in vain.
            throw new EndpointException(EndpointError.Network, patience.IsCancellationRequested
                ? $"{_address.Shown} did not answer within {_patience.Reply.TotalSeconds:N0} seconds."
                : $"{_address.Shown} cannot be connected to within {s_connect.TotalSeconds:N0} seconds"
                    + $"{(_address.Address.Scheme == Uri.UriSchemeHttps ? ": does it speak https?" : ".")}", e)
            { IsTransient = _outages.Reached };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            var insecure = e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };
            throw new EndpointException(EndpointError.Network,
                $"{_address.Shown} cannot be reached: {(e.InnerException?.Message ?? e.Message).TrimEnd('.')}.", e)
            { IsTransient = _outages.Reached && !insecure };
        }
    }

    JsonDocument Parsed(byte[] body, HttpRequestMessage request)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException e)
        {
            throw new EndpointException(EndpointError.Unfit,
                $"{_address.Shown} answers {request.RequestUri!.AbsolutePath} with something else than JSON. Is it a server of models?", e);
        }
    }
}
