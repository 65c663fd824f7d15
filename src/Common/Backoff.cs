namespace LocalOpinions.Common;

/// <summary>How long to wait before a request that failed is sent again, and what is said when it is not.</summary>
/// <remarks>Compiled into each room that asks servers; these rooms may not know each other.</remarks>
static class Backoff
{
    /// <summary>As long as the server asks, or else twice as long as the last time.</summary>
    /// <param name="failures">How often it has failed, this time included.</param>
    /// <param name="first">The pause after the first failure.</param>
    /// <param name="longest">The longest pause of one's own.</param>
    /// <param name="asked">What the server asks for; null where it does not.</param>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan longest, TimeSpan? asked) =>
        asked ?? TimeSpan.FromSeconds(Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, failures - 1)));

    /// <summary>Said when it failed once too often.</summary>
    /// <param name="message">How it failed.</param>
    /// <param name="failures">How often.</param>
    /// <param name="kept">What is not lost, as "what came is kept".</param>
    public static string GivenUp(string message, int failures, string kept) =>
        $"{message} Given up after {failures} failures in a row; {kept}, run the same command later to go on.";

    /// <summary>Said when the server asks to wait too long.</summary>
    /// <param name="message">How it failed.</param>
    /// <param name="wait">How long it asks for.</param>
    /// <param name="kept">What is not lost.</param>
    public static string AsksToWait(string message, TimeSpan wait, string kept) =>
        $"{message} It asks to wait {wait.TotalMinutes:N0} minutes; {kept}, run the same command then.";
}
