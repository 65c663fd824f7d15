using LocalOpinions.Scoring.Simd.Resampling;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Analysis.Panels;

/// <summary>What may be said of a tested number.</summary>
public static class Verdict
{
    /// <summary>The verdict on fewer than <see cref="FewestQuestions"/> questions.</summary>
    public const string TooFew = "too few questions to say";

    /// <summary>The verdict on a difference that the arithmetic alone can make.</summary>
    public const string NoDifference = "no difference";

    /// <summary>Below so many questions nothing is concluded.</summary>
    public const int FewestQuestions = 100;

    const double Level = 0.05;

    /// <summary>
    /// Corrects the p-values of findings that answer one question together (<see cref="Holm"/>), and says what follows from each at the
    /// level of 5 %: yes, no (the opposite), not shown, not tested, <see cref="TooFew"/>, or <see cref="NoDifference"/> where that is
    /// the finding's verdict already.
    /// </summary>
    /// <param name="findings">With their p-values, NaN where there is none.</param>
    /// <returns>The same findings with corrected p-value and verdict, in their order.</returns>
    public static IEnumerable<FindingRow> Judge(IReadOnlyList<FindingRow> findings)
    {
        var adjusted = new double[findings.Count];
        // A finding on too few questions is not tested, so it does not make the others stricter.
        Holm.Adjust([.. findings.Select(f => f.N < FewestQuestions ? double.NaN : f.P)], adjusted);
        return findings.Select((f, i) => f with { PHolm = adjusted[i], Verdict = Of(f, adjusted[i]) });
    }

    static string Of(FindingRow finding, double pHolm) => finding switch
    {
        { N: < FewestQuestions } => TooFew,
        { Verdict: NoDifference } => NoDifference,
        _ when double.IsNaN(pHolm) => "not tested",
        { Value: > 0 } when pHolm < Level => "yes",
        { Value: < 0 } when pHolm < Level => "no, the opposite",
        _ => "not shown",
    };
}
