namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>An estimate and an interval around it.</summary>
/// <param name="Estimate">The value from all questions; NaN if there is none.</param>
/// <param name="Low">The lower end; NaN if fewer than two families have the column.</param>
/// <param name="High">The upper end; NaN if fewer than two families have the column.</param>
/// <param name="Replicates">The number of replicates that the interval comes from: those in which the column had a question.</param>
public readonly record struct Interval(double Estimate, double Low, double High, int Replicates);
