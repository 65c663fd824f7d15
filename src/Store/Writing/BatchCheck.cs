using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Writing;

/// <summary>
/// Refuses a batch of rows that would not be unique or not fit. Reused from batch to batch: it allocates next to nothing per row.
/// </summary>
sealed class BatchCheck
{
    // No order has this number: it stands for a question as a whole.
    const int WholeQuestion = -1;

    readonly HashSet<(int RunId, int SourceRow, int OrderIndex)> _batch = [];

    public void Require(Func<int, RunState> stateOf, IReadOnlyList<AnswerRow> answers, IReadOnlyList<UnansweredRow> unanswered)
    {
        _batch.Clear();
        foreach (var row in unanswered)
            Require(stateOf(row.RunId), row);
        // An index instead of an enumerator, and no text before something is wrong: this runs for every answer.
        for (var i = 0; i < answers.Count; i++)
            Require(stateOf(answers[i].RunId), answers[i]);
    }

    void Require(RunState state, UnansweredRow row)
    {
        if (!state.OptionCounts.ContainsKey(row.SourceRow))
            throw Refused(row.RunId, row.SourceRow, "it is not in the run's survey");
        if (state.AnsweredRows.Contains(row.SourceRow))
            throw Refused(row.RunId, row.SourceRow, "it has an answer already and cannot be unanswered");
        if (!_batch.Add((row.RunId, row.SourceRow, WholeQuestion)))
            throw Refused(row.RunId, row.SourceRow, "it comes twice in one batch");
    }

    void Require(RunState state, AnswerRow row)
    {
        if (!state.OptionCounts.TryGetValue(row.SourceRow, out var optionCount))
            throw Refused(row, "it is not in the run's survey");
        if (row.OrderIndex < 0)
            throw Refused(row, "the number of an order is 0 or more");
        if (state.Answered.Contains((row.SourceRow, row.OrderIndex)))
            throw Refused(row, "it has an answer already");
        if (_batch.Contains((row.RunId, row.SourceRow, WholeQuestion)))
            throw Refused(row, "it comes as answered and as unanswered in one batch");
        if (!_batch.Add((row.RunId, row.SourceRow, row.OrderIndex)))
            throw Refused(row, "it comes twice in one batch");
        if (!IsPermutation(row.Options, optionCount))
            throw Refused(row, $"its options [{string.Join(", ", row.Options)}] are not each of 0 to {optionCount - 1} once");
        if (Distribution.Problem(row.Probs, optionCount) is { } problem)
            throw Refused(row, problem);
        if (double.IsNaN(row.LabelMass) && double.IsNaN(row.OffMenu))
        {
            if (row.LogProbs.Length > 0)
                throw Refused(row, "without a label mass there are no log-probabilities under the full vocabulary");
            return;
        }

        if (row.LogProbs.Length != optionCount || Array.Exists(row.LogProbs, double.IsNaN))
            throw Refused(row, $"{optionCount} options need as many log-probabilities, none of them NaN");
        if (row.Bounds is { } bounds && (bounds.Options.Length == 0 || bounds.Options.Except(row.Options).Any()
            || !(bounds.Mass >= 0 && bounds.Mass <= 1)))
            throw Refused(row, "its bounds are of options that it has, and their mass is 0 to 1");
        if (row.Texts is { } texts && (texts.Tokens.Length != optionCount || texts.Bytes.Length != optionCount
            || (texts.DomainLogProbs is { } domain && (domain.Length != optionCount || Array.Exists(domain, double.IsNaN)))))
            throw Refused(row, $"{optionCount} options need as many texts' tokens, bytes and log-probabilities, none of them NaN");
        if (!double.IsFinite(row.LabelMass) || !double.IsFinite(row.OffMenu))
            throw Refused(row, $"label mass {row.LabelMass} and off-menu mass {row.OffMenu} must be numbers");
    }

    static bool IsPermutation(int[] options, int count)
    {
        const int OnStack = 64;
        if (options.Length != count)
            return false;
        var seen = count <= OnStack ? stackalloc bool[OnStack] : new bool[count];
        foreach (var option in options)
        {
            if ((uint)option >= (uint)count || seen[option])
                return false;
            seen[option] = true;
        }

        return true;
    }

    static ArgumentException Refused(AnswerRow row, string why) => Refused(row.RunId, row.SourceRow, $"order {row.OrderIndex}: {why}");

    static ArgumentException Refused(int runId, int sourceRow, string why) => new($"Run {runId}, row {sourceRow}: {why}.");
}
