using System.Globalization;

namespace LocalOpinions.Report.Tests;

/// <summary>Numbers as the page prints them.</summary>
static class Printed
{
    const char Minus = '\u2212';

    public static string Three(object? value) => value is null ? "\u2013"
        : Number(value).ToString("F3", CultureInfo.InvariantCulture).Replace('-', Minus);

    public static string Signed(object? value)
    {
        if (value is null)
            return "\u2013";
        var size = Math.Abs(Number(value)).ToString("F3", CultureInfo.InvariantCulture);
        return (size == "0.000" ? '\u00B1' : Number(value) < 0 ? Minus : '+') + size;
    }

    public static string Percent(object? value) => value is null ? "\u2013"
        : string.Create(CultureInfo.InvariantCulture, $"{Number(value) * 100:F1} %");

    /// <summary>The places that chance leaves.</summary>
    public static string Places(object? low, object? high) => low!.Equals(high) ? $"{low}" : $"{low} to {high}";

    public static string P(object? value) => Three(value) is "0.000" ? "<0.001" : Three(value);

    public static string Whole(object? value) => value is null ? "\u2013"
        : Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture);

    public static string Share(object? value) => string.Create(
        CultureInfo.InvariantCulture, $"{Math.Round(Number(value!) * 1000, MidpointRounding.AwayFromZero) / 10:F1} %");

    static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
