using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Report.Tests.FullStudy;

/// <summary>The labels of a made-up survey: real countries, whose made-up people are alike within a region.</summary>
static class StudyCountries
{
    static readonly (string Region, string Labels)[] s_regions =
    [
        ("Europe", "Albania,Austria,Belgium,Bulgaria,Belarus,Switzerland,Czech "
            + "Rep.,Germany,Denmark,Spain,Estonia,Finland,France,Britain,Great Britain,Northern Ireland,Greece,Croatia,"
            + "Hungary,Iceland,Italy,Lithuania,Latvia,North "
                + "Macedonia,Montenegro,Netherlands,Norway,Poland,Portugal,Romania,Russia,Serbia,Slovakia,Slovenia,Sweden,Ukraine"),
        ("Asia", "Armenia,Azerbaijan,Bangladesh,China,Cyprus,Georgia,Hong Kong "
            + "SAR,Indonesia,Iran,Iraq,Israel,Jordan,Japan,Kazakhstan,Kyrgyzstan,S. Korea,Kuwait,Lebanon,Macau SAR,Maldives,"
            + "Mongolia,Malaysia,Myanmar,Pakistan,Philippines,Palest. "
                + "ter.,Singapore,Tajikistan,Thailand,Turkey,Taiwan,Uzbekistan,Vietnam,India (Current national sample)"),
        ("Africa", "Angola,Burkina Faso,Egypt,Ethiopia,Ghana,Kenya,Libya,Mali,Morocco,Nigeria,Senegal,South "
            + "Africa,Tanzania,Tunisia,Uganda,Zimbabwe"),
        ("Americas", "Argentina,Bolivia,Brazil,Canada,Chile,Colombia,Ecuador,Guatemala,Mexico,Nicaragua,Peru,Puerto Rico,El "
            + "Salvador,Uruguay,United States,Venezuela"),
        ("Oceania", "Australia,New Zealand"),
    ];

    static readonly string[] s_nonNational =
    [
        "Argentina", "Bangladesh", "Bolivia", "Brazil", "China", "Colombia", "Egypt", "Guatemala", "Indonesia", "India", "Kenya", "Mali",
        "Mexico", "Morocco", "Nigeria",
        "Pakistan", "Peru", "Philippines", "Poland", "Senegal", "South Africa", "Venezuela", "Vietnam",
    ];

    public static IReadOnlyList<CountryRow> All { get; } =
    [
        .. s_regions.SelectMany(region => region.Labels.Split(',').Select(label => Row(label, region.Region))),
        .. s_nonNational.Select(label => Row($"{label} (Non-national sample)",
            s_regions.First(region => region.Labels.Split(',').Any(other => other.StartsWith(label, StringComparison.Ordinal))).Region)),
        Row("India (Old national sample)", "Asia"),
    ];

    static CountryRow Row(string label, string region)
    {
        var country = Countries.Find(label);
        var kind = country.Sample switch
        {
            SampleKind.NonNational => "non-national",
            SampleKind.CurrentNational => "current-national",
            SampleKind.OldNational => "old-national",
            _ => "national",
        };
        return new(label, country.Name, country.Iso3, kind, region);
    }
}
