using System.Globalization;

namespace LocalOpinions.Surveys.Formats;

/// <summary>
/// Weighted microdata in a long CSV: one row per person and question, with the option that was chosen, the person's weight, and any
/// columns of groups. A column group holds labels as they are, a column group:party makes groups such as "party: Democrat".
/// </summary>
static class LongPeople
{
    /// <summary>The column of weights, which stands in place of figures.</summary>
    public const string Weight = "weight";

    const string Group = "group", Prefix = "group:";

    /// <summary>Whether a column tells groups.</summary>
    public static bool IsGroup(string column) =>
        column == Group || (column.StartsWith(Prefix, StringComparison.Ordinal) && column.Length > Prefix.Length);

    /// <summary>The groups that a person belongs to. An empty cell tells of none.</summary>
    /// <param name="columns">The columns of groups.</param>
    /// <param name="cells">The person's, one per column.</param>
    public static IEnumerable<string> GroupsOf(IEnumerable<string> columns, IEnumerable<string> cells) =>
        columns.Zip(cells).Where(c => !string.IsNullOrWhiteSpace(c.Second))
            .Select(c => c.First == Group ? c.Second : $"{c.First[Prefix.Length..]}: {c.Second}");

    /// <summary>A person's weight.</summary>
    public static double WeightOf(SurveyPlace place, string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && double.IsFinite(weight) && weight >= 0
            ? weight
            : throw new SurveyException(place.In(Weight), $"\"{cell}\" is no weight", "A weight is a number, 0 or more");
}
