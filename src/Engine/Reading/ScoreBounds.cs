namespace LocalOpinions.Engine.Reading;

/// <summary>What of a score is not known but for the most that it can be.</summary>
/// <param name="Positions">The labels or texts whose log-probability is a bound, by position, rising; at least one.</param>
/// <param name="Mass">The sum of these bounds' probabilities: the label mass is at most so much too large, 0 to 1.</param>
public sealed record ScoreBounds(int[] Positions, double Mass);
