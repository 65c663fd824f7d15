namespace LocalOpinions.Hub;

/// <summary>A hub of models and data sets in the Hugging Face layout, and who asks there.</summary>
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

    internal Uri Api(HubReference of) => new(Address,
        $"api/{of.Kind.Repositories}/{Escaped(of.Repository)}/revision/{Uri.EscapeDataString(of.Revision)}?blobs=true");

    internal Uri Resolve(HubReference of, string commit, string path) =>
        new(Address, $"{of.Kind.Page}{Escaped(of.Repository)}/resolve/{Uri.EscapeDataString(commit)}/{Escaped(path)}");

    internal Uri Page(string repository) => new(Address, Escaped(repository));

    static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
