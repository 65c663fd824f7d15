namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>
/// How much a number depends on the wording of the prompt, to stand beside how much it depends on the choice of questions (Khan, Casper and
/// Hadfield-Menell, "Randomness, Not Representation", arXiv 2503.08688).
/// </summary>
/// <param name="Mean">The mean over templates.</param>
/// <param name="StandardDeviation">The standard deviation over templates, with n − 1; NaN for a single one.</param>
/// <param name="Templates">The number of templates.</param>
public readonly record struct TemplateSpread(double Mean, double StandardDeviation, int Templates)
{
    /// <summary>Takes one number per template, such as the similarity to a country.</summary>
    /// <param name="values">One or more finite numbers.</param>
    /// <exception cref="ArgumentException">There is none, or one is not finite.</exception>
    public static TemplateSpread Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            throw new ArgumentException("There is no template.");
        double mean = 0, squares = 0;
        foreach (var value in values)
            mean += double.IsFinite(value) ? value / values.Length
                : throw new ArgumentException($"A value must be finite; one is {value}.");
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return new(mean, Math.Sqrt(squares / (values.Length - 1)), values.Length);
    }
}
