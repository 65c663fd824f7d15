namespace LocalOpinions.Analysis;

/// <summary>Which of a survey's labels stand for another country: two labels of one country are not two countries.</summary>
static class OtherCountry
{
    /// <param name="id">A label's number.</param>
    /// <param name="iso3">The code of its country; null where it is none.</param>
    /// <param name="otherId">Another label's number, or the same.</param>
    /// <param name="otherIso3">The code of its country.</param>
    public static bool Is(int id, string? iso3, int otherId, string? otherIso3) => id != otherId && (iso3 is null || iso3 != otherIso3);
}
