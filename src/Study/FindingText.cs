using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study;

/// <summary>Numbers of findings as text.</summary>
public static class FindingText
{
    /// <summary>Four decimals; "-" for NaN.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "-" : $"{value:0.0000;-0.0000;0.0000}";

    /// <summary>Three decimals with the sign; "0.000" for what rounds to it.</summary>
    public static string Signed(double value) => $"{value:+0.000;-0.000;0.000}";

    /// <summary>An interval with three decimals; empty where there is none.</summary>
    public static string Interval(double low, double high) => double.IsNaN(low) ? "" : $"[{low:F3}, {high:F3}]";

    /// <summary>The 95 % interval; empty where there is none.</summary>
    public static string Interval(FindingRow finding) =>
        double.IsNaN(finding.Low) ? "" : $"[{Number(finding.Low)}, {Number(finding.High)}]";
}
