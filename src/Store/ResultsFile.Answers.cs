namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>Stores a batch in one transaction; when this returns, the batch survives a crash.</summary>
    /// <remarks>An answer replaces the record that its row was unanswered; a newer reason replaces an older one.</remarks>
    /// <param name="runId">A run that <see cref="BeginRun"/> began.</param>
    /// <param name="answers">Answers to rows that have none yet.</param>
    /// <param name="unanswered">Rows that could not be answered and have no answer.</param>
    /// <exception cref="InvalidOperationException">The run has not been begun.</exception>
    /// <exception cref="ArgumentException">A row is not in the survey, comes twice, is answered already, or its numbers do not fit.</exception>
    public void Append(int runId, IReadOnlyList<AnswerRow> answers, IReadOnlyList<UnansweredRow> unanswered)
    {
        lock (_gate)
        {
            var state = RequireBegun(runId);
            RequireFitting(state, answers, unanswered);
            Write(() =>
            {
                DeleteUnanswered(runId, answers.Select(a => a.SourceRow).Concat(unanswered.Select(u => u.SourceRow)).Where(state.Unanswered.Contains));
                AppendAnswers(runId, answers);
                AppendUnanswered(runId, unanswered);
            });

            // Committed: only now is it true.
            foreach (var answer in answers)
            {
                state.Answered.Add(answer.SourceRow);
                state.Unanswered.Remove(answer.SourceRow);
            }

            state.Unanswered.UnionWith(unanswered.Select(u => u.SourceRow));
        }
    }

    static void RequireFitting(RunState state, IReadOnlyList<AnswerRow> answers, IReadOnlyList<UnansweredRow> unanswered)
    {
        var batch = new HashSet<int>();
        foreach (var row in answers.Select(a => a.SourceRow).Concat(unanswered.Select(u => u.SourceRow)))
        {
            if (!state.OptionCounts.ContainsKey(row))
                throw new ArgumentException($"Row {row} is not in the run's survey.");
            if (state.Answered.Contains(row))
                throw new ArgumentException($"Row {row} has an answer in this run already.");
            if (!batch.Add(row))
                throw new ArgumentException($"Row {row} comes twice in one batch.");
        }

        foreach (var answer in answers)
        {
            RequireDistribution(answer.Probs, state.OptionCounts[answer.SourceRow], $"Row {answer.SourceRow}");
            if (answer.LogProbs.Length != answer.Probs.Length || Array.Exists(answer.LogProbs, double.IsNaN))
                throw new ArgumentException($"Row {answer.SourceRow}: {answer.Probs.Length} options need as many log-probabilities, none of them NaN.");
            if (!double.IsFinite(answer.LabelMass) || !double.IsFinite(answer.OffMenu))
                throw new ArgumentException($"Row {answer.SourceRow}: label mass {answer.LabelMass} and off-menu mass {answer.OffMenu} must be numbers.");
        }
    }

    void DeleteUnanswered(int runId, IEnumerable<int> rows)
    {
        foreach (var row in rows)
            _connection.Execute("DELETE FROM unanswered WHERE run_id = ? AND source_row = ?", runId, row);
    }

    void AppendAnswers(int runId, IReadOnlyList<AnswerRow> answers)
    {
        using var answerTable = new TableAppender(_connection, "answers");
        using var optionTable = new TableAppender(_connection, "answer_options");
        foreach (var a in answers)
        {
            answerTable.Write(runId).Write(a.SourceRow).Write(a.LabelMass).Write(a.OffMenu).Write(a.TokenCount).Write(a.Boundary).EndRow();
            for (var i = 0; i < a.Probs.Length; i++)
                optionTable.Write(runId).Write(a.SourceRow).Write(i).Write(a.LogProbs[i]).Write(a.Probs[i]).EndRow();
        }

        answerTable.Complete();
        optionTable.Complete();
    }

    void AppendUnanswered(int runId, IReadOnlyList<UnansweredRow> unanswered)
    {
        using var table = new TableAppender(_connection, "unanswered");
        foreach (var row in unanswered)
            table.Write(runId).Write(row.SourceRow).Write(row.Reason).EndRow();
        table.Complete();
    }
}
