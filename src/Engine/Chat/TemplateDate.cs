using System.Globalization;
using System.Text.RegularExpressions;

namespace LocalOpinions.Engine.Chat;

/// <summary>A day in the formats of C's strftime, in English and at midnight: what templates know as strftime_now.</summary>
static partial class TemplateDate
{
    /// <param name="date">The day.</param>
    /// <param name="format">As "%d %B %Y". A code that says nothing of a day stays as it is.</param>
    public static string Format(DateOnly date, string format) => Code().Replace(format, code => Of(date, code.Value));

    static string Of(DateOnly date, string code)
    {
        return code switch
        {
            "%%" => "%",
            "%d" => In("dd"),
            "%-d" => In("%d"),
            "%e" => In("%d").PadLeft(2),
            "%m" => In("MM"),
            "%-m" => In("%M"),
            "%b" or "%h" => In("MMM"),
            "%B" => In("MMMM"),
            "%y" => In("yy"),
            "%Y" => In("yyyy"),
            "%a" => In("ddd"),
            "%A" => In("dddd"),
            "%j" => date.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
            "%F" => In("yyyy-MM-dd"),
            "%D" or "%x" => In("MM/dd/yy"),
            "%H" or "%M" or "%S" => "00",
            "%I" => "12",
            "%p" => "AM",
            "%T" or "%X" => "00:00:00",
            "%R" => "00:00",
            _ => code,
        };

        string In(string own) => date.ToString(own, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("%-?.")]
    private static partial Regex Code();
}
