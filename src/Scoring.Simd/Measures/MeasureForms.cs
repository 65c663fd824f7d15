namespace LocalOpinions.Scoring.Simd.Measures;

/// <summary>A measure of one distribution against each of a block.</summary>
/// <param name="p">One weight for each option, treated as by <see cref="DistributionBlock.Add"/>.</param>
/// <param name="q">The distributions to compare with.</param>
/// <param name="results">Receives <see cref="DistributionBlock.Count"/> values.</param>
public delegate void OneToManyMeasure(ReadOnlySpan<double> p, DistributionBlock q, Span<double> results);

/// <summary>A measure of each distribution of a block against the one in the same place of another.</summary>
/// <param name="p">Distributions.</param>
/// <param name="q">As many distributions over as many options.</param>
/// <param name="results">Receives <see cref="DistributionBlock.Count"/> values.</param>
public delegate void MatchedMeasure(DistributionBlock p, DistributionBlock q, Span<double> results);

/// <summary>A measure of one pair of distributions over any number of options.</summary>
/// <param name="p">Weights, finite and not negative, with a positive sum.</param>
/// <param name="q">As many weights.</param>
public delegate double PairMeasure(ReadOnlySpan<double> p, ReadOnlySpan<double> q);
