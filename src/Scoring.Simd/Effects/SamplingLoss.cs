namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>What the size of a sample alone costs a similarity: the shares that a survey publishes are those of a sample.</summary>
/// <remarks>
/// Of n people drawn at random, 8·n·ln 2 times the divergence in bits between their shares and those that they were drawn from is
/// chi-squared with K − 1 degrees of freedom as n grows (the leading term of the likelihood-ratio statistic, Wilks 1938, Ann. Math.
/// Stat. 9(1)), K options having a share above 0; the distance is its root. Between two samples of one people it is half as
/// many times that. Designs with clusters and weights vary more.
/// </remarks>
public static class SamplingLoss
{
    /// <summary>
    /// The expected Jensen-Shannon distance, √ of bits, of a sample to the shares that it was drawn from: what a model that knows these
    /// misses of a similarity of 1. 0 to 1.
    /// </summary>
    /// <param name="shares">One share per option.</param>
    /// <param name="respondents">People asked, 1 or more.</param>
    public static double OfPerfect(ReadOnlySpan<double> shares, double respondents)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(respondents, 1);
        return Math.Min(1, MeanOfChi(Chosen(shares) - 1) / Math.Sqrt(8 * respondents * Math.Log(2)));
    }

    /// <summary>The same for a second sample as large: √2 times as far, 0 to 1.</summary>
    /// <param name="shares">One share per option.</param>
    /// <param name="respondents">People asked each time, 1 or more.</param>
    public static double OfSecondSample(ReadOnlySpan<double> shares, double respondents)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(respondents, 1);
        return Math.Min(1, MeanOfChi(Chosen(shares) - 1) / Math.Sqrt(4 * respondents * Math.Log(2)));
    }

    static int Chosen(ReadOnlySpan<double> shares)
    {
        var chosen = 0;
        foreach (var share in shares)
            chosen += share > 0 ? 1 : 0;
        return chosen;
    }

    // √2·Γ((d + 1) / 2) / Γ(d / 2), by the product of two neighbours, which is d.
    static double MeanOfChi(int freedom)
    {
        if (freedom < 1)
            return 0;
        var mean = Math.Sqrt(2 / Math.PI);
        for (var d = 1; d < freedom; d++)
            mean = d / mean;
        return mean;
    }
}
