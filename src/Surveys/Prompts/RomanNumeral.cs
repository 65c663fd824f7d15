namespace LocalOpinions.Surveys.Prompts;

/// <summary>Small Roman numerals.</summary>
static class RomanNumeral
{
    static readonly (int Value, string Digits)[] s_digits =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];

    /// <param name="number">1 to 399.</param>
    public static string Of(int number)
    {
        var numeral = "";
        foreach (var (value, digits) in s_digits)
        {
            for (; number >= value; number -= value)
                numeral += digits;
        }
        return numeral;
    }
}
