using System.Net;

namespace LocalOpinions.Hub;

/// <summary>An answer whose body is still to be read.</summary>
sealed class Reply(HttpResponseMessage response, Uri address, LinkedFile linked, TimeSpan patience) : IDisposable
{
    /// <summary>The address that answered in the end.</summary>
    public Uri Address => address;

    public LinkedFile Linked => linked;

    /// <summary>Whether the body goes on from the byte that was asked for.</summary>
    public bool IsPart => response.StatusCode is HttpStatusCode.PartialContent;

    /// <summary>Whether there is nothing from that byte on.</summary>
    public bool IsBeyond => response.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable;

    /// <summary>The first byte of the body within the file.</summary>
    public long? From => IsPart ? response.Content.Headers.ContentRange?.From : 0;

    /// <summary>The size of the whole file, if stated.</summary>
    public long? Total => IsPart ? response.Content.Headers.ContentRange?.Length : response.Content.Headers.ContentLength;

    /// <summary>The content's mark; weak ones say too little to go on from.</summary>
    public string? ETag => response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;

    /// <summary>The file name that the server proposes.</summary>
    public string? ProposedName => response.Content.Headers.ContentDisposition is { } d ? d.FileNameStar ?? d.FileName?.Trim('"') : null;

    public bool IsWebPage => response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml";

    public bool IsEncoded => response.Content.Headers.ContentEncoding.Any(e => e != "identity");

    public Task<Stream> BodyAsync(CancellationToken cancellation) => response.Content.ReadAsStreamAsync(cancellation);

    /// <summary>Reads on; a server that falls silent counts as lost.</summary>
    /// <exception cref="PullException">The connection broke, or the body ended before its time.</exception>
    public async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        waiting.CancelAfter(patience);
        try
        {
            return await body.ReadAsync(buffer, waiting.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new PullException(PullError.Network, $"{address.Host} sent nothing for {patience.TotalSeconds:N0} seconds.", e)
            { IsTransient = true };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new PullException(PullError.Network, $"The connection to {address.Host} broke: {e.Message}", e) { IsTransient = true };
        }
    }

    public void Dispose() => response.Dispose();
}
