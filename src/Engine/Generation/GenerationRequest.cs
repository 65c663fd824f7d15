namespace LocalOpinions.Engine.Generation;

/// <summary>What is generated.</summary>
/// <param name="Sampling">How tokens are chosen.</param>
/// <param name="MostTokens">The most tokens of a text, at least 1.</param>
/// <param name="Sequences">Texts behind each prompt, 1 to <see cref="MostSequences"/>. One is enough at temperature 0.</param>
/// <param name="Stops">Strings that end a text, none empty.</param>
public sealed record GenerationRequest(Sampling Sampling, int MostTokens, int Sequences, IReadOnlyList<string> Stops)
{
    /// <summary>The most texts behind one prompt.</summary>
    public const int MostSequences = 64;

    /// <summary>Where the first string begins that ends a text; null while none has come.</summary>
    public int? StopIn(string text)
    {
        var stop = Stops.Select(s => text.IndexOf(s, StringComparison.Ordinal)).Where(i => i >= 0).DefaultIfEmpty(-1).Min();
        return stop >= 0 ? stop : null;
    }

    /// <exception cref="ArgumentException">A value that no request can have.</exception>
    internal void Require()
    {
        Sampling.Require();
        ArgumentOutOfRangeException.ThrowIfLessThan(MostTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Sequences, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Sequences, MostSequences);
        if (Stops.Any(s => s.Length == 0))
            throw new ArgumentException("An empty string would stop every text at once.", nameof(Stops));
    }
}
