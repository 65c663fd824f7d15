using System.Text;

namespace LocalOpinions.Surveys;

/// <summary>
/// The table a translator fills in, a CSV file for any spreadsheet: one row per text, with the columns id, part ("question", "option 1", ...),
/// source and translation.
/// </summary>
public static class TranslatorSheet
{
    const int Id = 0, Part = 1, Source = 2, Translated = 3;

    static readonly string[] s_columns = ["id", "part", "source", "translation"];

    /// <summary>Writes the sheet of a survey.</summary>
    /// <param name="survey">The survey.</param>
    /// <param name="translation">What is translated already and stands in the sheet; null for none.</param>
    /// <returns>The file's bytes: UTF-8 with a byte order mark, by which spreadsheets know it.</returns>
    public static byte[] Export(Survey survey, Translation? translation = null)
    {
        using var text = new StringWriter { NewLine = "\n" };
        WriteRow(text, s_columns);
        foreach (var question in survey.Questions)
        {
            var known = translation is not null && translation.Has(question) ? translation.Of(question) : null;
            WriteRow(text, question.Id, "question", question.Text, known?.Text ?? "");
            for (var i = 0; i < question.Options.Count; i++)
                WriteRow(text, question.Id, $"option {i + 1}", question.Options[i], known?.Options[i] ?? "");
        }
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>Reads a sheet that a translator filled in.</summary>
    /// <param name="path">The CSV file.</param>
    /// <param name="survey">The survey that it was exported from.</param>
    /// <param name="language">The language, a BCP 47 tag, by which texts are checked.</param>
    /// <returns>The translated questions. One of whose texts none is translated is left out.</returns>
    /// <exception cref="SurveyException">The file cannot be read, its rows are not the survey's, or a question is translated in part.</exception>
    public static IReadOnlyList<TranslationEntry> Import(string path, Survey survey, string language)
    {
        var rows = CsvTable.Read(SurveyFile.Read(path), path, s_columns).ToList();
        var byId = survey.Questions.ToDictionary(q => q.Id);
        var check = new TextCheck(language);
        List<TranslationEntry> entries = [];
        foreach (var group in rows.GroupBy(r => r[Id]))
        {
            var first = group.First();
            if (!byId.TryGetValue(group.Key, out var question))
                throw new SurveyException(first.Place.In("id"), $"the survey {survey.Name} has no question with the id {group.Key}", "Leave the columns id, part and source as they were exported");
            string[] parts = ["question", .. question.Options.Select((_, i) => $"option {i + 1}")];
            var byPart = new Dictionary<string, CsvRow>();
            foreach (var row in group)
            {
                if (!parts.Contains(row[Part]) || !byPart.TryAdd(row[Part], row))
                    throw new SurveyException(row.Place.In("part"), $"\"{row[Part]}\" is {(byPart.ContainsKey(row[Part]) ? "here twice" : "no part of this question")}", "Leave the columns id, part and source as they were exported");
            }
            if (parts.FirstOrDefault(p => !byPart.ContainsKey(p)) is { } missing)
                throw new SurveyException(first.Place, $"the question {group.Key} lacks the row \"{missing}\"", "Keep all rows of a question");
            foreach (var (part, expected) in parts.Zip(question.Options.Prepend(question.Text)))
            {
                if (byPart[part][Source].ReplaceLineEndings("\n").Trim() != expected.ReplaceLineEndings("\n").Trim())
                    throw new SurveyException(byPart[part].Place.In("source"), $"this is not the survey's text of {part}", "Leave the columns id, part and source as they were exported, or export the survey again");
            }
            // An empty question text has nothing to translate.
            CsvRow[] wanted = [.. parts.Select(p => byPart[p]).Where(r => r[Source].Length > 0)];
            if (wanted.All(r => string.IsNullOrWhiteSpace(r[Translated])))
                continue;
            if (wanted.Where(r => string.IsNullOrWhiteSpace(r[Translated])).Select(r => (CsvRow?)r).FirstOrDefault() is { } empty)
                throw new SurveyException(empty.Place.In("translation"), $"{empty[Part]} of the question {group.Key} is not translated", "Translate all texts of a question, or none to leave it out");
            check.Question(byPart["question"][Translated], question.Text, byPart["question"].Place.In("translation"));
            foreach (var (index, part) in parts[1..].Index())
                check.Option(byPart[part][Translated], question.Options[index], byPart[part].Place.In("translation"));
            entries.Add(new(question, byPart["question"][Translated], [.. parts[1..].Select(p => byPart[p][Translated])]));
        }
        return entries;
    }

    static void WriteRow(TextWriter output, params string[] cells)
    {
        output.Write(string.Join(',', cells.Select(c => c.AsSpan().ContainsAny(",\"\r\n") || c.Length != c.Trim().Length ? $"\"{c.Replace("\"", "\"\"")}\"" : c)));
        output.Write("\n");
    }
}
