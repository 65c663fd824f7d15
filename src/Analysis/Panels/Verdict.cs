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

    /// <summary>The verdict on a number that is above 0 by more than chance.</summary>
    public const string Yes = "yes";

    /// <summary>The verdict on answers most of whose probability is on no option.</summary>
    public const string OffMenu = "not judged: most probability is off the options";

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

    /// <summary>What follows from a number and its corrected p-value.</summary>
    /// <param name="value">The number.</param>
    /// <param name="pHolm">Its corrected p-value for 0; NaN where it was not tested.</param>
    /// <param name="questions">Questions behind it.</param>
    public static string Of(double value, double pHolm, int questions) => value switch
    {
        _ when questions < FewestQuestions => TooFew,
        _ when double.IsNaN(pHolm) => "not tested",
        > 0 when pHolm < Level => Yes,
        < 0 when pHolm < Level => "no, the opposite",
        _ => "not shown",
    };

    static string Of(FindingRow finding, double pHolm) => finding is { N: >= FewestQuestions, Verdict: NoDifference }
        ? NoDifference : Of(finding.Value, pHolm, finding.N);
}
