namespace LocalOpinions.Store.Writing;

static class Distribution
{
    // Shares are sums of rounded quotients; this is far above their rounding and far below any mistake.
    const double SumTolerance = 1e-6;

    /// <summary>Why these are no probabilities of so many options; null where they are.</summary>
    public static string? Problem(ReadOnlySpan<double> probabilities, int optionCount)
    {
        if (probabilities.Length != optionCount)
            return $"{probabilities.Length} probabilities for {optionCount} options";
        var sum = 0.0;
        foreach (var p in probabilities)
        {
            if (!(p >= 0))
                return $"{p} is no probability";
            sum += p;
        }

        return Math.Abs(sum - 1) <= SumTolerance ? null : $"the probabilities sum to {sum}, not to 1";
    }
}
