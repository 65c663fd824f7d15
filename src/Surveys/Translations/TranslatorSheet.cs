using CsvHelper;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Translations;

/// <summary>
/// The table a translator fills in, a CSV file for any spreadsheet: one row per text, with the columns id, part ("question", "option 1",
/// ...), source and translation; and draft where a machine filled in the translation. A text that is still its draft is a machine's.
/// </summary>
public static class TranslatorSheet
{
    const int Id = 0, Part = 1, Source = 2, Translated = 3, Draft = 4;

    static readonly string[] s_columns = ["id", "part", "source", "translation"], s_drafted = [.. s_columns, "draft"];

    /// <summary>Writes the sheet of a survey.</summary>
    /// <param name="survey">The survey.</param>
    /// <param name="translation">What is translated already and stands in the sheet, a machine's as drafts; null for none.</param>
    /// <returns>The file's bytes: UTF-8 with a byte order mark, by which spreadsheets know it.</returns>
    public static byte[] Export(Survey survey, Translation? translation = null)
    {
        var columns = translation is { Provenance: Provenance.Machine } ? s_drafted : s_columns;
        return Write(columns, survey.Questions.SelectMany(question =>
        {
            var known = translation is not null && translation.Has(question) ? translation.Of(question) : null;
            var translated = known is null ? question.Options.Select(_ => "").Prepend("") : Texts(known);
            return Texts(question).Zip(translated, (source, text) => (source, text))
                .Select((t, i) => (string[])[question.Id, PartName(i), t.source, t.text, Mark(t.text)]);
        }));
    }

    /// <summary>
    /// Writes the sheet of a survey with a machine's drafts as its translations, each also in the column draft, which marks it as one.
    /// </summary>
    /// <param name="drafts">The drafts.</param>
    /// <returns>The file's bytes, as of the other sheet.</returns>
    public static byte[] Export(TranslationDrafts drafts) =>
        Write(s_drafted, drafts.Rows().Select(r => (string[])[r.Question.Id, r.Part, r.Source, r.Draft ?? "", Mark(r.Draft ?? "")]));

    /// <summary>Reads a sheet that a translator filled in.</summary>
    /// <param name="path">The CSV file.</param>
    /// <param name="survey">The survey that it was exported from.</param>
    /// <param name="language">The language, a BCP 47 tag, by which texts are checked.</param>
    /// <param name="provenance">Who made the translation: as a person's, no text may be left as the machine drafted it.</param>
    /// <returns>The translated questions. One of whose texts none is translated is left out.</returns>
    /// <exception cref="SurveyException">The file cannot be read, its rows are not the survey's, a question is translated in part, or a
    /// machine's draft is passed off as a person's.</exception>
    public static IReadOnlyList<TranslationEntry> Import(string path, Survey survey, string language, Provenance provenance)
    {
        var bytes = SurveyFile.Read(path);
        var rows = CsvTable.Read(bytes, path, CsvTable.Header(bytes, path).Contains(s_drafted[Draft]) ? s_drafted : s_columns).ToList();
        if (rows.Count == 0)
            throw new SurveyException(new(path), "no rows", "Give the sheet as it was exported, with the translations filled in");
        var byId = survey.Questions.ToDictionary(q => q.Id);
        var check = new TextCheck(language);
        List<TranslationEntry> entries = [];
        List<TableRow> untouched = [];
        foreach (var group in rows.GroupBy(r => r[Id]))
        {
            var first = group.First();
            if (!byId.TryGetValue(group.Key, out var question))
                throw new SurveyException(first.Place.In("id"), $"the survey {survey.Name} has no question with the id {group.Key}",
                    "Leave the columns id, part and source as they were exported");
            string[] parts = [.. Texts(question).Select((_, i) => PartName(i))];
            var byPart = new Dictionary<string, TableRow>();
            foreach (var row in group)
            {
                if (!parts.Contains(row[Part]) || !byPart.TryAdd(row[Part], row))
                    throw new SurveyException(row.Place.In("part"),
                        $"\"{row[Part]}\" is {(byPart.ContainsKey(row[Part]) ? "here twice" : "no part of this question")}",
                        "Leave the columns id, part and source as they were exported");
            }
            if (parts.FirstOrDefault(p => !byPart.ContainsKey(p)) is { } missing)
                throw new SurveyException(first.Place, $"the question {group.Key} lacks the row \"{missing}\"",
                    "Keep all rows of a question");
            foreach (var (part, expected) in parts.Zip(Texts(question)))
            {
                if (Plain(byPart[part][Source]) != Plain(expected))
                    throw new SurveyException(byPart[part].Place.In("source"), $"this is not the survey's text of {part}",
                        "Leave the columns id, part and source as they were exported, or export the survey again");
            }
            // An empty question text has nothing to translate.
            TableRow[] wanted = [.. parts.Select(p => byPart[p]).Where(r => r[Source].Length > 0)];
            if (wanted.All(r => string.IsNullOrWhiteSpace(r[Translated])))
                continue;
            if (wanted.Where(r => string.IsNullOrWhiteSpace(r[Translated])).Select(r => (TableRow?)r).FirstOrDefault() is { } empty)
                throw new SurveyException(empty.Place.In("translation"), $"{empty[Part]} of the question {group.Key} is not translated",
                    "Translate all texts of a question, or none to leave it out");
            check.Question(byPart["question"][Translated], question.Text, byPart["question"].Place.In("translation"));
            foreach (var (index, part) in parts[1..].Index())
            {
                check.Option(byPart[part][Translated], question.Options[index], byPart[part].Place.In("translation"));
                if (parts[1..(index + 1)].Index().FirstOrDefault(p => byPart[p.Item][Translated] == byPart[part][Translated]
                    && question.Options[p.Index] != question.Options[index]) is { Item: { } same })
                    throw new SurveyException(byPart[part].Place.In("translation"), $"{part} has the same translation as {same}",
                        "Word each option differently");
            }
            entries.Add(new(question, byPart["question"][Translated], [.. parts[1..].Select(p => byPart[p][Translated])]));
            untouched.AddRange(wanted.Where(IsDraft));
        }
        if (provenance == Provenance.Human && untouched.Count > 0)
        {
            throw new SurveyException(
                untouched[0].Place.In("translation"),
                $"{(untouched.Count == 1 ? "1 text is" : $"{untouched.Count:N0} texts are")} still the machine's draft, this the first",
                "Have a person check them: correct a text, or empty its cell in the column draft where it is right as it stands. Or "
                    + "import them as a machine's")
            {
                Step = SurveyStep.ImportAsMachine,
            };
        }
        return entries;
    }

    internal static string PartName(int index) => index == 0 ? "question" : $"option {index}";

    static IEnumerable<string> Texts(Question question) => question.Options.Prepend(question.Text);

    // What holds no letter is the same in every language, whoever wrote it down.
    static string Mark(string draft) => draft.Any(char.IsLetter) ? draft : "";

    static bool IsDraft(TableRow row) => row.Cells.Length > Draft && !string.IsNullOrWhiteSpace(row[Draft])
        && Plain(row[Draft]) == Plain(row[Translated]);

    // As it was after a spreadsheet saved it.
    static string Plain(string text) => text.ReplaceLineEndings("\n").Trim();

    static byte[] Write(string[] columns, IEnumerable<string[]> rows)
    {
        using var sheet = new MemoryStream();
        using (var csv = CsvWriter.Create(sheet, new() { NewLine = "\n", WriteByteOrderMark = true }, leaveOpen: true))
        {
            foreach (var row in rows.Prepend(columns))
            {
                // What stands at the ends of a text is the survey's: programs that trim cells leave quoted ones as they are.
                foreach (var cell in row.AsSpan(0, columns.Length))
                    csv.WriteField(cell, cell.Length != cell.AsSpan().Trim().Length ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
                csv.EndRecord();
            }
        }
        return sheet.ToArray();
    }
}
