using System.Globalization;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Imports;

/// <summary>One row: one option of one answer. Cells that the file lacks, or that are empty, are null.</summary>
readonly record struct ImportRow
{
    public required SurveyPlace Place { get; init; }

    public required string Model { get; init; }

    public required string? Condition { get; init; }

    public required string? Country { get; init; }

    public required int? SourceRow { get; init; }

    public required string? QuestionSha256 { get; init; }

    public required string? QuestionId { get; init; }

    public required int OptionIndex { get; init; }

    /// <summary>As the file gives it: a probability or its natural logarithm.</summary>
    public required double Value { get; init; }

    public required double? OffMenu { get; init; }

    public required string? NamedCountry { get; init; }

    public required string? Language { get; init; }

    public required string? OptionOrder { get; init; }

    public required int? OrderIndex { get; init; }

    public required string? Control { get; init; }

    public required string? Template { get; init; }

    public required string? Reading { get; init; }
}

/// <summary>The rows of a file of option probabilities, each cell checked by itself.</summary>
sealed class ImportRows(string path)
{
    static readonly string[] s_known = ["model", "condition", "prompted_country", "named_country", "source_row", "question_id",
        "question_sha256", "option_index", "prob", "log_prob", "off_menu", "language", "option_order", "order_index", "control",
        "template", "reading"];

    string[] _header = [];

    /// <summary>Whether the file gives logarithms, which are those of full-vocabulary probabilities.</summary>
    public bool Logarithms { get; private set; }

    public IEnumerable<ImportRow> Read()
    {
        var bytes = SurveyFile.Read(path);
        _header = CsvTable.Header(bytes, path);
        RequireColumns(new(path, Line: 1));
        foreach (var row in CsvTable.Read(bytes, path, _header))
            yield return Parse(row);
    }

    void RequireColumns(SurveyPlace place)
    {
        const string Remedy = "docs/in-and-out.md describes the columns: model, source_row or question_id or question_sha256, "
            + "option_index, prob or log_prob; and if you like condition, prompted_country, named_country, off_menu, language, "
            + "option_order, order_index, control, template, reading";
        var unknown = _header.Except(s_known).ToList();
        if (unknown.Count > 0)
            throw new SurveyException(place, $"no column is called {string.Join(", ", unknown)}", $"Leave it out or rename it. {Remedy}");
        if (_header.Distinct().Count() < _header.Length)
            throw new SurveyException(place, "a column is named twice", Remedy);
        if (!Has("model") || !Has("option_index") || !(Has("source_row") || Has("question_id") || Has("question_sha256")))
            throw new SurveyException(place, $"there are the columns {string.Join(", ", _header)}, which are not enough", Remedy);
        if (Has("prob") == Has("log_prob"))
            throw new SurveyException(place, "the file must have one of prob and log_prob, and not both", Remedy);
        Logarithms = Has("log_prob");
    }

    ImportRow Parse(TableRow row)
    {
        var place = row.Place;
        var model = Cell(row, "model") ?? throw new SurveyException(place.In("model"), "the cell is empty", "Name the model in every row");
        return new()
        {
            Place = place,
            Model = model,
            Condition = Cell(row, "condition"),
            Country = Cell(row, "prompted_country"),
            SourceRow = Whole("source_row"),
            QuestionSha256 = Cell(row, "question_sha256")?.ToLowerInvariant(),
            QuestionId = Cell(row, "question_id"),
            OptionIndex = Whole("option_index") ?? throw new SurveyException(
                place.In("option_index"), "the cell is empty", "Give the option's 0-based place in the survey"),
            Value = Value(),
            OffMenu = Number("off_menu", 0, 1, "a probability from 0 to 1"),
            NamedCountry = Cell(row, "named_country"),
            Language = Cell(row, "language"),
            OptionOrder = Cell(row, "option_order"),
            OrderIndex = Whole("order_index"),
            Control = Cell(row, "control"),
            Template = Cell(row, "template"),
            Reading = Cell(row, "reading"),
        };

        int? Whole(string column) =>
            Cell(row, column) is not { } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n
            : throw new SurveyException(place.In(column), $"\"{text}\" is no whole number from 0 on",
                "Count from 0, as the survey's rows and options are counted");

        double? Number(string column, double least, double most, string what) =>
            Cell(row, column) is not { } text ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && x >= least && x <= most ? x
            : throw new SurveyException(place.In(column), $"\"{text}\" is not {what}",
                "Write numbers with a point, such as 0.25 or 2.5e-3");

        double Value()
        {
            var column = Logarithms ? "log_prob" : "prob";
            if (Logarithms && Cell(row, column) is { } text && text.Equals("-inf", StringComparison.OrdinalIgnoreCase))
                return double.NegativeInfinity;
            var value = Logarithms
                ? Number(column, double.NegativeInfinity, 1e-6, "the natural logarithm of a probability, 0 or less")
                : Number(column, 0, 1 + 1e-6, "a probability from 0 to 1");
            return value ?? throw new SurveyException(place.In(column), "the cell is empty",
                "Every option needs its probability; write 0 (as a logarithm: -inf) where it has none");
        }
    }

    bool Has(string column) => Array.IndexOf(_header, column) >= 0;

    string? Cell(TableRow row, string column)
    {
        var index = Array.IndexOf(_header, column);
        if (index < 0)
            return null;
        var text = row[index];
        return text.Length == 0 ? null : text;
    }
}
