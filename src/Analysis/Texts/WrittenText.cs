using LocalOpinions.Store;

namespace LocalOpinions.Analysis.Texts;

/// <summary>A text that a model wrote in answer to a question.</summary>
/// <param name="Group">What sets its prompt apart: the country that it names, the language, or the condition.</param>
/// <param name="Agrees">Whether the text names the option that has the highest probability; null where it names none or several.</param>
sealed record WrittenText(int RunId, int SourceRow, int Sequence, string Model, string Group, string Text, bool? Agrees)
{
    public string Id => $"{RunId}-{SourceRow}-{Sequence}";

    /// <summary>All texts of a file.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static List<WrittenText> Read(ResultsFile results)
    {
        using var rows = results.Query(
            """
            SELECT g.run_id, g.source_row, g.sequence, m.name, coalesce(r.prompted_country, r.language, r.condition), g.text, g.agrees
            FROM generations AS g JOIN runs AS r USING (run_id) JOIN models AS m USING (model_id)
                ORDER BY g.run_id, g.source_row, g.sequence
            """);
        List<WrittenText> texts = [.. rows.Rows.Select(
            r => new WrittenText((int)r[0]!, (int)r[1]!, (int)r[2]!, (string)r[3]!, (string)r[4]!, (string)r[5]!, (bool?)r[6]))];
        return texts.Count > 0 ? texts : throw new InputException($"{results.FullPath} holds no text.", Remedy.WriteTexts);
    }
}
