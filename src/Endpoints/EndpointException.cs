namespace LocalOpinions.Endpoints;

/// <summary>What an <see cref="EndpointException"/> is about.</summary>
public enum EndpointError
{
    /// <summary>The address or the model's name is none that can be used.</summary>
    Argument,

    /// <summary>The server cannot be reached, or could not serve for too long.</summary>
    Network,

    /// <summary>The server wants to know who asks, or does not let this one in.</summary>
    Refused,

    /// <summary>What the server returns is not what answers can be made of.</summary>
    Unfit,

    /// <summary>The server refuses one prompt; it may answer others.</summary>
    Prompt,

    /// <summary>Another model stands behind the name than the one that was asked before.</summary>
    Changed,
}

/// <summary>An expected failure of a server; its message names the server and the remedy.</summary>
/// <param name="kind">What it is about.</param>
/// <param name="message">In sentences.</param>
/// <param name="inner">What it came from.</param>
public sealed class EndpointException(EndpointError kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What it is about.</summary>
    public EndpointError Kind { get; } = kind;

    /// <summary>Whether the same request may succeed a little later.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>How long the server asks to wait; null where it says nothing.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}
