namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>Where a similarity stands between an answerer who knows nothing and the people of the nearest other country.</summary>
public static class SkillScore
{
    /// <summary>
    /// (S − S_uniform) / (S_nearest − S_uniform), the form of a forecast's skill against a reference (Murphy, Mon. Weather Rev. 116(12),
    /// 1988), proposed by this project for similarities.
    /// </summary>
    /// <param name="similarity">The model's mean similarity to a country.</param>
    /// <param name="uniform">A uniform answerer's, on the same questions.</param>
    /// <param name="nearest">The nearest other country's, on the same questions.</param>
    /// <returns>0 as the uniform answerer, 1 as the nearest country, below 0 worse than uniform; NaN where the nearest country is no nearer
    /// than the uniform answerer, so that there is no scale.</returns>
    public static double Of(double similarity, double uniform, double nearest) =>
        nearest > uniform ? (similarity - uniform) / (nearest - uniform) : double.NaN;
}
