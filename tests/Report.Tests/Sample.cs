namespace LocalOpinions.Report.Tests;

/// <summary>Hand-made data, so that the page can be tested without a results file.</summary>
static class Sample
{
    /// <summary>Text that tries to leave every context it could be put into.</summary>
    public static readonly string[] Hostile =
    [
        "</script><script>document.title='owned'</script>",
        "<!--<script>",
        "<img src=x onerror=\"document.title='owned'\">",
        "\"><svg onload=document.title='owned'>",
        "{{script}} {{data}}",
        "\u2028\u2029\0\r\n\t\\u003c/script>",
        "</title><h1>owned</h1>",
        "'; document.title='owned'; '",
        "javascript:document.title='owned'",
        "\u202Eevil \uFEFF \U0001F600 &lt;b&gt; ]]>",
    ];

    public static ReportCountry Country(string label, string? iso3, double bits, long n = 24, bool national = true) =>
        new(label, iso3, national, n, bits, 1 - (1 - bits) * Math.Sqrt(Math.Log(2)), 0.6, 1 - 0.4 * Math.Sqrt(Math.Log(2)));

    public static ReportRun Run(params ReportCountry[] countries) => new(
        "run", "model", new string('a', 64), "survey", new string('b', 64), null, "default", null, "template", "1", "paren", "faithful",
        false, "build", "cpu", "2026-01-02", "complete", 24, 23, 1, 0.125, 10, null, countries);

    public static ReportCountry[] Countries() =>
    [
        Country("United States", "USA", 0.71), Country("France", "FRA", 0.69), Country("Brazil", "BRA", 0.66),
        Country("India (Current national sample)", "IND", 0.63), Country("Kenya", "KEN", 0.58, n: 4),
        Country("China (Non-national sample)", "CHN", 0.80, national: false), Country("Singapore", "SGP", 0.61),
    ];

    public static string Page(ReportData data, string title = "Title")
    {
        using var stream = new MemoryStream();
        ReportPage.Write(stream, data, title);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
