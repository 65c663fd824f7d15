namespace LocalOpinions.Report.Tests;

/// <summary>How many samples and countries the page says there are: a country that was asked more than once counts once.</summary>
static class Counted
{
    /// <param name="keys">By sample, its country's code, or its label where it has none.</param>
    public static string Words(IReadOnlyCollection<object?> keys)
    {
        var countries = keys.Distinct().Count();
        var words = $"{countries} {(countries == 1 ? "country" : "countries")}";
        return countries == keys.Count ? words : $"{keys.Count} samples of {words}";
    }
}
