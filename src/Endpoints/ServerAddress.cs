namespace LocalOpinions.Endpoints;

/// <summary>Where a server is: http or https, a host and a port, and the path that it may stand under.</summary>
public sealed class ServerAddress
{
    ServerAddress(Uri address) => Address = address;

    /// <summary>The address, ending in a slash.</summary>
    internal Uri Address { get; }

    /// <summary>Whether it is on this machine.</summary>
    public bool IsLoopback => Address.IsLoopback;

    /// <summary>The address as it may be shown and stored.</summary>
    public string Shown => Address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    /// <summary>Reads an address; one that ends in "/v1" is that of the server above it.</summary>
    /// <exception cref="EndpointException">
    /// Kind <see cref="EndpointError.Argument"/>: it is none, or holds more than an address.
    /// </exception>
    public static ServerAddress Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            || address.Host.Length == 0)
            throw new EndpointException(EndpointError.Argument, $"{text} is no address of a server; it looks like http://127.0.0.1:8080.");
        if (address.UserInfo.Length > 0)
            throw new EndpointException(EndpointError.Argument, $"The address of {address.Host} holds a user name or password. Leave it "
                + $"out; a token belongs into the environment variable {ServerClient.TokenVariable}.");
        if (address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new EndpointException(EndpointError.Argument, $"The address of {address.Host} has more behind its path. Leave it out.");
        var path = address.AbsolutePath.TrimEnd('/');
        path = path.EndsWith("/v1", StringComparison.Ordinal) ? path[..^"/v1".Length] : path;
        return new(new UriBuilder(address) { Path = path + "/" }.Uri);
    }
}
