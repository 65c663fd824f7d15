namespace LocalOpinions.Store.Writing;

/// <summary>
/// The policy under which refusals are offered to the model but compared apart: distributions over the other options alone.
/// </summary>
static class RefusalsApart
{
    /// <summary>Its name in <c>surveys.refusals</c>.</summary>
    public const string Policy = "separate";

    /// <summary>The kind of option it is about.</summary>
    public const string Kind = "refusal";

    /// <summary>The distribution with 0 for refusals, divided by what is left; null where nothing is.</summary>
    public static double[]? Without(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> refusals)
    {
        // Not 1 - refused: a tiny rest would be lost in the difference.
        var rest = 0.0;
        for (var i = 0; i < probabilities.Length; i++)
            rest += refusals[i] ? 0 : probabilities[i];
        if (!(rest > 0))
            return null;
        var without = new double[probabilities.Length];
        for (var i = 0; i < without.Length; i++)
            without[i] = refusals[i] ? 0 : probabilities[i] / rest;
        return without;
    }

    /// <summary>The distribution without the refusals' places.</summary>
    public static double[] Shortened(double[] probabilities, bool[] refusals) => [.. probabilities.Where((_, i) => !refusals[i])];

    public static double Mass(double[] probabilities, bool[] refusals) => probabilities.Where((_, i) => refusals[i]).Sum();
}
