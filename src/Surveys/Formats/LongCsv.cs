using System.Globalization;
using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys.Formats;

/// <summary>
/// Loads a plain long CSV: one row per question, group and option, with the columns question, option, group and one of share, percent and
/// count, and if wanted id, kind, n and source; or with a column weight instead of figures, one row per person and question
/// (<see cref="LongPeople"/>). Questions and options come in the order in which they first appear.
/// </summary>
sealed class LongCsv : ISurveyFormat
{
    // Figures are rounded: more than this is a mistake.
    const double LowestSum = 0.97, HighestSum = 1.03;

    const int Text = 0, Option = 1, Figure = 2, Groups = 3;

    static readonly string[] s_units = ["share", "percent", "count"];
    static readonly string[] s_optional = ["id", "kind", "source"];
    static readonly string[] s_kinds = ["", "ordered", "nominal", "refusal", "total"];

    public string Name => "long CSV";

    public string Description => "a CSV file with one row per question, group and option, or per person";

    public bool Recognises(SurveyInput input) =>
        !input.IsFolder && input.CsvHeader.Contains("option") && input.CsvHeader.Any(LongPeople.IsGroup);

    public Survey Load(SurveyInput input)
    {
        var (utf8, path, header) = (input.Bytes, input.Path, input.CsvHeader);
        var unit = Unit(header, new(path, Line: 1));
        var people = unit == LongPeople.Weight;
        string[] groups = people ? [.. header.Where(LongPeople.IsGroup)] : ["group"];
        string[] wanted = ["question", "option", unit, .. groups, .. s_optional.Where(header.Contains),
            .. header.Where(c => c == "n" && !people)];
        var builder = new SurveyBuilder(LowestSum, HighestSum);
        builder.NoteUnread(header.Except([.. wanted, ""]));
        var questions = new OrderedDictionary<string, LongQuestion>();
        foreach (var row in CsvTable.Read(utf8, path, wanted))
        {
            string? Cell(string column) => Array.IndexOf(wanted, column) is >= 0 and var i ? row[i] : null;
            // A person who was not asked.
            if (people && row[Option].Length == 0)
                continue;
            var question = QuestionOf(questions, row, Cell("id"), Cell("source"));
            var kind = Kind(row, Cell("kind"));
            if (people)
                question.AddPerson(row.Place, row[Option], kind, LongPeople.GroupsOf(groups, row.Cells[Groups..]),
                    LongPeople.WeightOf(row.Place, row[Figure]));
            else
                question.Add(row.Place, row[Option], kind, row[Groups], Number(row, unit), Respondents(row, Cell("n")));
        }
        foreach (var (index, question) in questions.Values.Index())
            builder.Add(question.Draft(index, unit));
        return builder.Build(Path.GetFileNameWithoutExtension(path), SurveyFile.Sha256(utf8), new(path));
    }

    static string Unit(IReadOnlyCollection<string> header, SurveyPlace place)
    {
        string[] units = [.. s_units.Where(header.Contains)];
        return units switch
        {
            [var unit] => unit,
            [] when header.Contains(LongPeople.Weight) => LongPeople.Weight,
            _ => throw new SurveyException(place, $"{(units.Length == 0 ? "no column" : "more than one column")} of figures",
                $"Have one column named {string.Join(" or ", s_units)}, or for one row per person {LongPeople.Weight}"),
        };
    }

    static LongQuestion QuestionOf(OrderedDictionary<string, LongQuestion> questions, TableRow row, string? id, string? source)
    {
        if (id == "")
            throw new SurveyException(row.Place.In("id"), "the cell is empty", "Give every row the id of its question");
        if (!questions.TryGetValue(id ?? row[Text], out var question))
            questions.Add(id ?? row[Text], question = new(row.Place, id, row[Text], source is { Length: > 0 } ? source : "own"));
        return question.Text == row[Text] ? question
            : throw new SurveyException(row.Place.In("question"), $"the question {id} has another text in row {question.Place.Row}",
                "Give each question an id of its own, and the same text in all its rows");
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
