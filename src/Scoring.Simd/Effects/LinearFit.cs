namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>
/// A straight line by least squares. Of similarities over the countries' mean normalised entropies it shows the entropy confound: a model
/// that drifts to the uniform answer looks most like the country whose people disagree most (arXiv 2306.07951). A country's residual is
/// what its similarity says beyond that.
/// </summary>
/// <param name="Intercept">The line at x = 0.</param>
/// <param name="Slope">Its rise.</param>
/// <param name="Correlation">Pearson's r, −1 to 1; NaN where x or y does not vary.</param>
public readonly record struct LinearFit(double Intercept, double Slope, double Correlation)
{
    /// <summary>Fits y = Intercept + Slope · x.</summary>
    /// <param name="x">Finite values, not all equal.</param>
    /// <param name="y">As many finite values.</param>
    /// <exception cref="ArgumentException">The lengths differ, there are fewer than two values, one is not finite, or x does not
    /// vary.</exception>
    public static LinearFit Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length || x.Length < 2)
            throw new ArgumentException($"A line needs two points or more; there are {x.Length} x and {y.Length} y.");
        double meanX = 0, meanY = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i]) || !double.IsFinite(y[i]))
                throw new ArgumentException($"A point must be finite; one is ({x[i]}, {y[i]}).");
            meanX += x[i] / x.Length;
            meanY += y[i] / x.Length;
        }
        double xx = 0, xy = 0, yy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        if (xx == 0)
            throw new ArgumentException($"A line needs an x that varies; all are {x[0]}.");
        var slope = xy / xx;
        return new(meanY - slope * meanX, slope, yy == 0 ? double.NaN : xy / Math.Sqrt(xx * yy));
    }

    /// <summary>How far a point lies above the line.</summary>
    /// <param name="x">Its x.</param>
    /// <param name="y">Its y.</param>
    public double Residual(double x, double y) => y - (Intercept + Slope * x);
}
