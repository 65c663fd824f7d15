namespace LocalOpinions.Report.Tests;

/// <summary>
/// What the page calls each label of the made-up survey, all of whose labels have questions of both studies: the country's whole name, and
/// of several national samples the label, or what it adds to the name, and who asked.
/// </summary>
static class Called
{
    /// <param name="sql">Asks the results file.</param>
    public static Dictionary<string, string> Of(Func<string, List<object?[]>> sql)
    {
        var rows = sql("SELECT label, name, iso3, sample_kind = 'non-national' FROM countries");
        return rows.ToDictionary(row => (string)row[0]!, row => (bool)row[3]! ? $"{row[1]}, not a national sample"
            : rows.Count(other => !(bool)other[3]! && other[2]!.Equals(row[2])) < 2 ? (string)row[1]!
            : $"{row[1]} ({Part((string)row[0]!, (string)row[1]!)}Pew and WVS)");
    }

    static string Part(string label, string name) => label == name ? ""
        : label.StartsWith($"{name} (", StringComparison.Ordinal) ? $"{label[(name.Length + 2)..^1]}, " : $"{label}, ";
}
