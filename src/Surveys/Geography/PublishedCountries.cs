namespace LocalOpinions.Surveys.Geography;

/// <summary>The list behind <see cref="Countries.Published"/>.</summary>
static class PublishedCountries
{
    static readonly string[] s_names =
    [
        "United States", "Canada", "Mexico", "Nicaragua", "Venezuela", "Colombia", "Peru", "Brazil", "Bolivia", "Argentina", "Chile",
        "Britain", "Spain", "France", "Italy", "Belgium", "Netherlands", "Denmark", "Germany", "Sweden", "Poland", "Lithuania",
        "Hungary", "Ukraine", "Slovakia", "Bulgaria", "Greece", "Russia", "Turkey", "Morocco", "Tunisia", "Egypt", "Senegal", "Mali",
        "Burkina Faso", "Ghana", "Nigeria", "Angola", "Uganda", "Kenya", "Ethiopia", "Israel", "Jordan", "Uzbekistan", "Pakistan",
        "China", "Bangladesh", "Thailand", "Vietnam", "Indonesia", "Malaysia", "Taiwan", "Japan", "Philippines", "Australia",
    ];

    public static IReadOnlyList<Country> All { get; } = [.. s_names.Select(Countries.Find)];
}
