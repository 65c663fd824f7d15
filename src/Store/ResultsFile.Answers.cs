using LocalOpinions.Store.Bulk;
using LocalOpinions.Store.Rows;
using LocalOpinions.Store.Writing;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    readonly BatchCheck _batchCheck = new();

    /// <summary>Stores a batch, of one run or of several, in one transaction; when this returns, the batch survives a crash.</summary>
    /// <remarks>An answer replaces the record that its question was unanswered; a newer reason replaces an older one.</remarks>
    /// <param name="answers">Answers to prompts, that is questions in one order of their options, that have none yet.</param>
    /// <param name="unanswered">Questions that could not be answered and have an answer in no order.</param>
    /// <param name="texts">Where answers are what a model wrote, the texts, whether or not they came to an answer.</param>
    /// <exception cref="InvalidOperationException">A run has not been begun.</exception>
    /// <exception cref="ArgumentException">A row is not in the survey, comes twice, is answered already, or its options or numbers do not
    /// fit. Nothing of the batch is stored.</exception>
    public void Append(
        IReadOnlyList<AnswerRow> answers, IReadOnlyList<UnansweredRow> unanswered, IReadOnlyList<WrittenRow>? texts = null)
    {
        lock (_gate)
        {
            _batchCheck.Require(RequireBegun, answers, unanswered);
            Write(() =>
            {
                DeleteUnanswered(answers, unanswered);
                if (answers.Count > 0)
                    AppendAnswers(answers);
                if (unanswered.Count > 0)
                    AppendUnanswered(unanswered);
                if (texts is { Count: > 0 })
                    AppendWritten(texts);
            });

            // Committed: only now is it true.
            for (var i = 0; i < answers.Count; i++)
                _runs[answers[i].RunId].AddAnswer(answers[i].SourceRow, answers[i].OrderIndex);
            foreach (var row in unanswered)
                _runs[row.RunId].Unanswered.Add(row.SourceRow);
        }
    }

    void DeleteUnanswered(IReadOnlyList<AnswerRow> answers, IReadOnlyList<UnansweredRow> unanswered)
    {
        for (var i = 0; i < answers.Count; i++)
            DeleteUnanswered(answers[i].RunId, answers[i].SourceRow);
        foreach (var row in unanswered)
            DeleteUnanswered(row.RunId, row.SourceRow);
    }

    void DeleteUnanswered(int runId, int sourceRow)
    {
        if (_runs[runId].Unanswered.Contains(sourceRow))
            _connection.Execute("DELETE FROM unanswered WHERE run_id = ? AND source_row = ?", runId, sourceRow);
    }

    void AppendAnswers(IReadOnlyList<AnswerRow> answers)
    {
        using var answerTable = new TableAppender(_connection, "answers");
        for (var i = 0; i < answers.Count; i++)
        {
            var a = answers[i];
            answerTable.Write(a.RunId).Write(a.SourceRow).Write(a.OrderIndex).WriteOrNull(a.LabelMass).WriteOrNull(a.OffMenu)
                .Write(a.TokenCount).Write(a.Boundary)
                .Write(a.Options).Write(a.LogProbs).Write(a.Probs).EndRow();
        }

        answerTable.Complete();
        if (answers.Any(a => a.Texts is not null))
            AppendOptionTexts(answers);
        if (answers.Any(a => a.Bounds is not null))
            AppendBounds(answers);
    }

    void AppendBounds(IReadOnlyList<AnswerRow> answers)
    {
        using var table = new TableAppender(_connection, "answer_bounds");
        foreach (var a in answers)
        {
            if (a.Bounds is { } bounds)
                table.Write(a.RunId).Write(a.SourceRow).Write(a.OrderIndex).Write(bounds.Options).Write(bounds.Mass).EndRow();
        }

        table.Complete();
    }

    void AppendOptionTexts(IReadOnlyList<AnswerRow> answers)
    {
        using var table = new TableAppender(_connection, "option_texts");
        foreach (var a in answers)
        {
            if (a.Texts is { } texts)
                table.Write(a.RunId).Write(a.SourceRow).Write(a.OrderIndex).Write(texts.Tokens).Write(texts.Bytes)
                    .WriteOrNull(texts.DomainLogProbs).EndRow();
        }

        table.Complete();
    }

    void AppendUnanswered(IReadOnlyList<UnansweredRow> unanswered)
    {
        using var table = new TableAppender(_connection, "unanswered");
        foreach (var row in unanswered)
            table.Write(row.RunId).Write(row.SourceRow).Write(row.Reason).EndRow();
        table.Complete();
    }
}
