namespace LocalOpinions.Hub;

/// <summary>A hub of models in the Hugging Face layout, and who asks there.</summary>
public sealed class HubEndpoint
{
    /// <summary>The environment variable that names another hub, as a mirror.</summary>
    public const string AddressVariable = "HF_ENDPOINT";

    /// <summary>The environment variable that holds the access token.</summary>
    public const string TokenVariable = "HF_TOKEN";

    /// <param name="address">The hub's address.</param>
    /// <param name="token">An access token; null or empty for none.</param>
    /// <exception cref="PullException">The address is neither https nor on this machine.</exception>
    public HubEndpoint(string address, string? token)
    {
        Address = WebAddress.Parse(address.TrimEnd('/') + "/");
        Token = string.IsNullOrWhiteSpace(token) ? null : token.Trim();
    }

    /// <summary>The hub's address, ending in a slash.</summary>
    public Uri Address { get; }

    internal string? Token { get; }

    /// <summary>The hub and token that the environment names; huggingface.co and no token without.</summary>
    public static HubEndpoint FromEnvironment() =>
        new(Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } address ? address : "https://huggingface.co",
            Environment.GetEnvironmentVariable(TokenVariable));

    /// <summary>Whether an address is the hub's own: only such a one ever sees the token.</summary>
    internal bool Owns(Uri address) => address.Scheme == Address.Scheme && address.IdnHost == Address.IdnHost
        && address.Port == Address.Port;

    internal Uri Api(HubModel model) => new(Address,
        $"api/models/{Escaped(model.Repository)}/revision/{Uri.EscapeDataString(model.Revision)}?blobs=true");

    internal Uri Resolve(string repository, string revision, string path) =>
        new(Address, $"{Escaped(repository)}/resolve/{Uri.EscapeDataString(revision)}/{Escaped(path)}");

    internal Uri Page(string repository) => new(Address, Escaped(repository));

    static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
