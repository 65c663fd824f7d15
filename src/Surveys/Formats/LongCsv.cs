using System.Globalization;
using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys.Formats;

/// <summary>
/// Loads a plain long CSV: one row per question, group and option, with the columns question, option, group and one of share, percent and
/// count, and if wanted id, kind, n and source. Questions and options come in the order in which they first appear.
/// </summary>
sealed class LongCsv : ISurveyFormat
{
    // Figures are rounded: more than this is a mistake.
    const double LowestSum = 0.97, HighestSum = 1.03;

    const int Text = 0, Option = 1, Group = 2, Figure = 3;

    static readonly string[] s_required = ["question", "option", "group"];
    static readonly string[] s_units = ["share", "percent", "count"];
    static readonly string[] s_optional = ["id", "kind", "n", "source"];
    static readonly string[] s_kinds = ["", "ordered", "nominal", "refusal", "total"];

    public string Name => "long CSV";

    public string Description => "a CSV file with one row per question, group and option";

    public bool Recognises(SurveyInput input) =>
        !input.IsFolder && input.CsvHeader.Contains("option") && input.CsvHeader.Contains("group");

    public Survey Load(SurveyInput input)
    {
        var (utf8, path, header) = (input.Bytes, input.Path, input.CsvHeader);
        string[] units = [.. s_units.Where(header.Contains)];
        if (units.Length != 1)
            throw new SurveyException(new(path, Line: 1), $"{(units.Length == 0 ? "no column" : "more than one column")} of figures",
                $"Have one column named {string.Join(" or ", s_units)}");
        string[] optional = [.. s_optional.Where(header.Contains)];
        var builder = new SurveyBuilder(LowestSum, HighestSum);
        builder.NoteUnread(header.Except([.. s_required, units[0], .. optional, ""]));
        var questions = new OrderedDictionary<string, LongQuestion>();
        foreach (var row in CsvTable.Read(utf8, path, [.. s_required, units[0], .. optional]))
        {
            string? Cell(string column) => Array.IndexOf(optional, column) is >= 0 and var i ? row[Figure + 1 + i] : null;
            var id = Cell("id");
            if (id == "")
                throw new SurveyException(row.Place.In("id"), "the cell is empty", "Give every row the id of its question");
            if (!questions.TryGetValue(id ?? row[Text], out var question))
                questions.Add(id ?? row[Text], question = new(
                    row.Place, id, row[Text], Cell("source") is { Length: > 0 } source ? source : "own"));
            if (question.Text != row[Text])
                throw new SurveyException(row.Place.In("question"), $"the question {id} has another text in row {question.Place.Row}",
                    "Give each question an id of its own, and the same text in all its rows");
            question.Add(row.Place, row[Option], Kind(row, Cell("kind")), row[Group], Number(row, units[0]), Respondents(row, Cell("n")));
        }
        foreach (var (index, question) in questions.Values.Index())
            builder.Add(question.Draft(index, units[0]));
        return builder.Build(Path.GetFileNameWithoutExtension(path), SurveyFile.Sha256(utf8), new(path));
    }

    static OptionKind? Kind(TableRow row, string? cell) => cell switch
    {
        null or "" => null,
        _ when s_kinds.Contains(cell) => Enum.Parse<OptionKind>(cell, ignoreCase: true),
        _ => throw new SurveyException(row.Place.In("kind"), $"\"{cell}\" is no kind of option",
            "Write ordered, nominal, refusal, total or nothing"),
    };

    static double Number(TableRow row, string column) =>
        double.TryParse(row[Figure], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
        && value >= 0
        ? value
        : throw new SurveyException(row.Place.In(column), $"\"{row[Figure]}\" is no number of 0 or more",
            "Write a number such as 0.25, with a point");

    static int? Respondents(TableRow row, string? cell) => cell switch
    {
        null or "" => null,
        _ when int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 => n,
        _ => throw new SurveyException(row.Place.In("n"), $"\"{cell}\" is no whole number of 1 or more",
            "Write how many people of the group were asked, or nothing"),
    };
}
