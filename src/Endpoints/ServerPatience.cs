namespace LocalOpinions.Endpoints;

/// <summary>How long a server is waited for.</summary>
public sealed record ServerPatience
{
    /// <summary>The usual.</summary>
    public static ServerPatience Default { get; } = new();

    /// <summary>For one reply. It covers what waits before it in the server's queue.</summary>
    public TimeSpan Reply { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Without any reply at all, from the first failure on: a large model takes minutes to load again.</summary>
    public TimeSpan Outage { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The first pause before a request is repeated; each further one is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause of one's own; a server may ask for a longer one.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often one request may fail while others succeed.</summary>
    public int MostFailures { get; init; } = 8;
}
