namespace LocalOpinions.Surveys.Geography;

/// <summary>In which countries a language is the one that most people are asked in.</summary>
public static class SpokenIn
{
    // Countries of the published map and of the data set where it is an official or the majority's language.
    static readonly Dictionary<string, string[]> s_countries = new()
    {
        ["ar"] = ["DZA", "EGY", "IRQ", "JOR", "KWT", "LBN", "LBY", "MAR", "PSE", "QAT", "SAU", "TUN", "YEM"],
        ["bn"] = ["BGD"],
        ["de"] = ["DEU", "AUT", "CHE"],
        ["el"] = ["GRC", "CYP"],
        ["es"] = ["ARG", "BOL", "CHL", "COL", "ECU", "ESP", "GTM", "HND", "MEX", "NIC", "PER", "SLV", "URY", "VEN"],
        ["fa"] = ["IRN"],
        ["fr"] = ["FRA"],
        ["he"] = ["ISR"],
        ["hi"] = ["IND"],
        ["id"] = ["IDN"],
        ["it"] = ["ITA"],
        ["ja"] = ["JPN"],
        ["ko"] = ["KOR"],
        ["nl"] = ["NLD"],
        ["pl"] = ["POL"],
        ["pt"] = ["BRA", "PRT"],
        ["ru"] = ["RUS"],
        ["sw"] = ["KEN", "TZA"],
        ["th"] = ["THA"],
        ["tr"] = ["TUR"],
        ["uk"] = ["UKR"],
        ["ur"] = ["PAK"],
        ["vi"] = ["VNM"],
        ["zh"] = ["CHN", "TWN", "HKG", "MAC"],
    };

    /// <summary>ISO 3166-1 alpha-3 codes; empty where the program does not know. A tag with a region names that country's alone.</summary>
    /// <param name="tag">A BCP 47 tag.</param>
    public static IReadOnlyList<string> Countries(string tag) => tag switch
    {
        "pt-BR" => ["BRA"],
        "pt-PT" => ["PRT"],
        "zh-Hant" => ["TWN", "HKG", "MAC"],
        "zh-Hans" => ["CHN"],
        _ => s_countries.GetValueOrDefault(LanguageTag.Primary(tag)) ?? [],
    };
}
