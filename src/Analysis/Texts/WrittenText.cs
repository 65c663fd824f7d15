using LocalOpinions.Store;
using LocalOpinions.Store.Schema;

namespace LocalOpinions.Analysis.Texts;

/// <summary>A text that a model wrote in answer to a question.</summary>
public sealed record WrittenText
{
    /// <summary>What coding sheets call it: looks random, tells nothing of model and prompt, and is the same in every file that has the
    /// text.</summary>
    public required string Id { get; init; }

    /// <summary>The run whose prompt it answers.</summary>
    public required int RunId { get; init; }

    /// <summary>The question's row in the survey file.</summary>
    public required int SourceRow { get; init; }

    /// <summary>What the survey calls the question.</summary>
    public required string QuestionId { get; init; }

    /// <summary>Its number among the texts of this run and question.</summary>
    public required int Sequence { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>What sets its prompt apart: the country that it names, the language, or the condition.</summary>
    public required string Group { get; init; }

    /// <summary>As it was written.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the text names the option that has the highest probability; null where it names none or several.</summary>
    public required bool? Agrees { get; init; }

    /// <summary>
    /// What the rule reads in it, where it is the run's own answer: letter, words, refusal, several or none; null elsewhere.
    /// </summary>
    public required string? Class { get; init; }

    /// <summary>The option that the rule reads in it, verbatim; null where it reads none or several, or the text is no answer.</summary>
    public required string? Named { get; init; }

    /// <summary>Whether it is the run's own answer; its agreement with probabilities is that of two runs then.</summary>
    public required bool IsAnswer { get; init; }

    /// <summary>The id in SQL, of generations AS g with their runs AS r: all that makes a text the one that it is, hashed.</summary>
    internal const string SqlId =
        "left(sha256(concat_ws(' ', r.key, g.source_row, g.sequence, g.seed, g.temperature, g.top_p, g.text)), 12)";

    /// <summary>All texts of a file.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static IReadOnlyList<WrittenText> Read(ResultsFile results)
    {
        var texts = results.Read<WrittenText>(
            $"""
            SELECT {SqlId} AS id, g.run_id, g.source_row, q.question_id, g.sequence, m.model,
                coalesce(r.prompted_country, r.language, r.condition) AS "group", g.text, g.agrees,
                t.class, t.option_text AS named, r.reading = 'written' AS is_answer
            FROM generations AS g JOIN runs AS r USING (run_id) JOIN ({ModelLabels.Query}) AS m USING (model_id)
                JOIN questions AS q ON q.survey_id = r.survey_id AND q.source_row = g.source_row
                LEFT JOIN written_texts AS t ON t.run_id = g.run_id AND t.source_row = g.source_row AND t.sequence = g.sequence
            ORDER BY g.run_id, g.source_row, g.seed, g.temperature, g.top_p, g.sequence
            """);
        return texts.Count > 0 ? texts : throw new InputException($"{results.FullPath} holds no text.", Remedy.WriteTexts);
    }
}
