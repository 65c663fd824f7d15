using System.Net;
using System.Net.Http.Headers;

namespace LocalOpinions.Hub;

/// <summary>Sends requests and follows redirects, so that each hop's address is checked and the token reaches the hub alone.</summary>
sealed class Fetcher : IDisposable
{
    const int MostRedirects = 10;

    readonly HubEndpoint _hub;
    readonly TimeSpan _patience;
    readonly HttpClient _client;
    bool _reached;

    public Fetcher(HubEndpoint hub, TimeSpan patience)
    {
        (_hub, _patience) = (hub, patience);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(Math.Min(20, patience.TotalSeconds)),
            // An answer of which only the head was wanted is cut, not drained.
            MaxResponseDrainSize = 0,
            UseCookies = false,
        };
        _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new("localopinions", typeof(Fetcher).Assembly.GetName().Version!.ToString(3)));
        _client.DefaultRequestHeaders.AcceptEncoding.Add(new("identity"));
    }

    public HubEndpoint Hub => _hub;

    /// <summary>Asks for a file, from a byte on; the answer's body is still to be read.</summary>
    /// <param name="address">The first address to ask.</param>
    /// <param name="from">The first byte wanted.</param>
    /// <param name="etag">The content that byte must belong to; null when not known.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="PullException">No answer, or one that says no.</exception>
    public async Task<Reply> GetAsync(Uri address, long from, string? etag, CancellationToken cancellation)
    {
        var linked = new LinkedFile();
        var start = address;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            var response = await SendAsync(address, from, etag, cancellation);
            // The hub describes the file before it sends one elsewhere; nobody else is believed about it.
            if (address.Host == start.Host && address.Port == start.Port)
                linked = linked.With(response.Headers);
            if (response.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest and not HttpStatusCode.NotModified)
            {
                using (response)
                    address = WebAddress.Follow(address, response.Headers.Location);
                continue;
            }
            if (response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable)
                return new(response, address, linked, _patience);
            using (response)
                throw Refusal.Of(response, address, _hub);
        }
        throw new PullException(PullError.Content, $"{WebAddress.Shown(start)} redirects more than {MostRedirects} times.");
    }

    public void Dispose() => _client.Dispose();

    async Task<HttpResponseMessage> SendAsync(Uri address, long from, string? etag, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (_hub.Token is { } token && _hub.Owns(address))
            request.Headers.Authorization = new("Bearer", token);
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            if (etag is not null)
                request.Headers.IfRange = new(new EntityTagHeaderValue(etag));
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        try
        {
            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            _reached = true;
            return response;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new PullException(PullError.Network, $"{address.Host} did not answer within {_patience.TotalSeconds:N0} seconds.", e)
            { IsTransient = _reached };
        }
        catch (HttpRequestException e)
        {
            // A host that was never reached will not be there a second later either.
            throw new PullException(PullError.Network, $"{address.Host} cannot be reached: {e.InnerException?.Message ?? e.Message}.", e)
            {
                IsTransient = _reached && e.HttpRequestError is not HttpRequestError.SecureConnectionError,
            };
        }
    }
}

/// <summary>What a hub says of a large file in the headers of its redirect.</summary>
readonly record struct LinkedFile(long? Bytes, string? Sha256)
{
    public LinkedFile With(HttpResponseHeaders headers) => new(
        Value(headers, "X-Linked-Size") is { } size && long.TryParse(size, out var bytes) ? bytes : Bytes,
        Value(headers, "X-Linked-Etag") is { } tag && Hash.Parse(tag.Trim('"')) is { } sha256 ? sha256 : Sha256);

    static string? Value(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.First() : null;
}
