using System.Globalization;
using LocalOpinions.Analysis;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Classifying;

/// <summary>A text of a run, as it is put to a model.</summary>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="Sequence">The text's number.</param>
/// <param name="Order">The places in the survey of the options, in the order that the text's writer saw.</param>
/// <param name="Asked">The text, with its question.</param>
sealed record RunText(int SourceRow, int Sequence, int[] Order, TextToClassify Asked);

/// <summary>The texts of a run that are its answers.</summary>
/// <param name="RunId">The run.</param>
/// <param name="All">Its texts, by question and number.</param>
sealed record RunTexts(int RunId, IReadOnlyList<RunText> All)
{
    /// <summary>A run's.</summary>
    /// <param name="results">The file.</param>
    /// <param name="wanted">The run; null for the last with such texts.</param>
    /// <exception cref="InputException">It is not there, or its prompts showed something else than the survey's own options.</exception>
    public static RunTexts Of(ResultsFile results, int? wanted)
    {
        var written = results.Read<WrittenRun>(
            """
            SELECT run_id, control, option_order, translation_sha256 IS NOT NULL AS translated FROM runs
            WHERE reading = 'written' AND run_id IN (SELECT run_id FROM text_readings) ORDER BY run_id
            """);
        var run = written.LastOrDefault(r => wanted is null || r.RunId == wanted) ?? throw Missing(results, wanted, written);
        // The letters in a text are those of its prompt.
        if (run.Translated || run.Control is not ("none" or "persona"))
        {
            var how = run.Translated ? "translated" : $"changed (control {run.Control})";
            throw new InputException($"The prompts of run {run.RunId} of {results.FullPath} are {how}: the file does not say which options "
                + "they listed by which letters, so its texts cannot be classified.");
        }
        var questions = Questions(results, run.RunId);
        var orders = OptionOrders.Parse(run.OptionOrder);
        var known = questions.Values.ToDictionary(q => q.SourceRow, q => new Lazy<IReadOnlyList<int[]>>(() => orders.For(q)));
        return new(run.RunId, [.. results.Read<StoredText>(
            """
            SELECT t.source_row, t.sequence, t.order_index, g.text
            FROM text_readings AS t JOIN generations AS g USING (run_id, source_row, sequence)
            WHERE t.run_id = ? ORDER BY t.source_row, t.sequence
            """, run.RunId).Select(t =>
            {
                var (question, order) = (questions[t.SourceRow], known[t.SourceRow].Value[t.OrderIndex]);
                string[] options = [.. order.Select(o => question.Options[o])];
                return new RunText(t.SourceRow, t.Sequence, order, new(question.Text, options, t.Text));
            })]);
    }

    /// <summary>Question and number of those that a model has classified.</summary>
    public IReadOnlySet<(int SourceRow, int Sequence)> ClassifiedBy(ResultsFile results, TextClassifier classifier) =>
        results.Read<ClassifiedRow>(
            """
            SELECT source_row, sequence FROM text_classes WHERE run_id = ? AND classifier_sha256 = ? AND wording_sha256 = ?
            """, RunId, classifier.Sha256, classifier.WordingSha256).Select(c => (c.SourceRow, c.Sequence)).ToHashSet();

    static Dictionary<int, Question> Questions(ResultsFile results, int runId) => results.Read<StoredOption>(
        """
        SELECT q.source_row, q.text, o.text AS option
        FROM runs AS r JOIN questions AS q USING (survey_id) JOIN options AS o USING (survey_id, source_row)
        WHERE r.run_id = ? ORDER BY q.source_row, o.option_index
        """, runId).GroupBy(o => (o.SourceRow, o.Text)).ToDictionary(q => q.Key.SourceRow, q => new Question
        {
            SourceRow = q.Key.SourceRow,
            Source = "",
            Text = q.Key.Text,
            Options = [.. q.Select(o => o.Option)],
            Humans = [],
        });

    static InputException Missing(ResultsFile results, int? wanted, IReadOnlyList<WrittenRun> written)
    {
        var what = wanted is { } id ? $"texts that are answers of run {id}" : "run whose answers are texts";
        var others = string.Join(", ", written.Select(r => r.RunId.ToString(CultureInfo.InvariantCulture)));
        return new($"{results.FullPath} has no {what}{(others.Length == 0 ? "" : $"; those of runs {others} are")}.", Remedy.WriteAnswers);
    }

    sealed record WrittenRun(int RunId, string Control, string OptionOrder, bool Translated);

    sealed record StoredText(int SourceRow, int Sequence, int OrderIndex, string Text);

    sealed record ClassifiedRow(int SourceRow, int Sequence);

    sealed record StoredOption(int SourceRow, string Text, string Option);
}
