namespace LocalOpinions.Common;

/// <summary>How long a server asks to wait before it is asked again (RFC 9110, 10.2.3).</summary>
/// <remarks>Compiled into each room that asks servers; these rooms may not know each other.</remarks>
static class RetryAfter
{
    /// <summary>From now on; null where it does not say.</summary>
    public static TimeSpan? Of(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } => date > DateTimeOffset.UtcNow ? date - DateTimeOffset.UtcNow : TimeSpan.Zero,
        _ => null,
    };
}
