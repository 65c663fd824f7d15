using System.Threading.Channels;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Asking.Running;

/// <summary>The prompts of a batch, and where their answers belong.</summary>
/// <param name="RunIds">By template, and within a template by reading.</param>
/// <param name="Readings">The readings of each answer.</param>
/// <param name="Prompts">What prompt <c>key</c> asks.</param>
/// <param name="WholeOffMenu">Whether the probability outside all labels is known; a bound of it is not stored as if it were.</param>
sealed record BatchAnswers(IReadOnlyList<int> RunIds, IReadOnlyList<(string Name, TextScore? Score)> Readings,
    IReadOnlyList<PromptItem> Prompts, bool WholeOffMenu);

/// <summary>
/// Takes scores as they come and commits them in small batches, so that little is ever at stake. What was decoded together is committed
/// together: a run that goes on decodes it together again, and so gets the same numbers.
/// </summary>
/// <param name="results">The file.</param>
/// <param name="asked">What the scores answer.</param>
/// <param name="progress">Counts prompts, whatever the number of their readings.</param>
/// <param name="taker">Makes answers of texts.</param>
/// <param name="answered">By run and source row, the questions with an answer in some order.</param>
/// <param name="clock">Says when answers have waited long enough.</param>
sealed class AnswerWriter(
    ResultsFile results, BatchAnswers asked, WorkProgress progress, TextTaker taker, HashSet<(int RunId, int SourceRow)> answered,
    TimeProvider clock)
{
    const int MostAtStake = 1000;

    /// <summary>For so long what is finished may lie unstored.</summary>
    public static readonly TimeSpan LongestAtStake = TimeSpan.FromSeconds(2);

    readonly List<AnswerRow> _pending = new(MostAtStake);
    readonly List<SetAsidePrompt> _setAside = [];
    readonly List<WrittenRow> _texts = [];
    int _pendingPrompts;
    long _lastCommit = clock.GetTimestamp();
    long _pendingTokens;
    long? _allocatedAtFirst;

    /// <summary>
    /// Prompts stored behind the first commit, and the managed bytes that all threads allocated meanwhile: what an answer costs once
    /// everything has begun.
    /// </summary>
    public (long Prompts, long Bytes) Steady { get; private set; }

    /// <summary>Prompts behind which the model gave no numbers.</summary>
    public IReadOnlyList<SetAsidePrompt> SetAside => _setAside;

    /// <summary>Stores everything that comes, up to the channel's end; what came before a failure is stored too.</summary>
    public async Task WriteAllAsync(ChannelReader<IReadOnlyList<PromptScore>> scores)
    {
        try
        {
            for (var more = scores.WaitToReadAsync().AsTask(); ; more = scores.WaitToReadAsync().AsTask())
            {
                // A slow model may take minutes for the next decode: what is finished must not wait for it.
                if (_pendingPrompts > 0 && await Task.WhenAny(more, Task.Delay(Left(), clock)) != more)
                    Commit();
                if (!await more)
                    return;
                while (scores.TryRead(out var group))
                    Add(group);
            }
        }
        finally
        {
            Commit();
        }
    }

    TimeSpan Left() => LongestAtStake > SinceCommit ? LongestAtStake - SinceCommit : TimeSpan.Zero;

    TimeSpan SinceCommit => clock.GetElapsedTime(_lastCommit);

    void Add(IReadOnlyList<PromptScore> group)
    {
        if ((_pendingPrompts + group.Count) * asked.Readings.Count > MostAtStake)
            Commit();
        foreach (var score in group)
        {
            if (score.Problem is { } problem)
            {
                _setAside.Add(new(score.Key, problem));
                continue;
            }
            _pendingPrompts++;
            if (score.Written is { } written)
                Take(score, written);
            for (var reading = 0; score.Written is null && reading < asked.Readings.Count; reading++)
                _pending.Add(Row(score, reading));
            _pendingTokens += score.UnsharedTokens;
        }
        if (SinceCommit >= LongestAtStake)
            Commit();
    }

    void Take(PromptScore score, WrittenTexts written)
    {
        var (what, runId) = (asked.Prompts[score.Key], asked.RunIds[asked.Prompts[score.Key].Template]);
        var texts = taker.Texts(runId, what, written);
        _texts.AddRange(texts);
        if (TextTaker.Answer(runId, what, score.Tokens, texts) is { } answer)
            _pending.Add(answer);
    }

    /// <summary>Questions of the texts at stake that have an answer in none of their orders so far.</summary>
    UnansweredRow[] Silent()
    {
        if (_texts.Count == 0)
            return [];
        foreach (var answer in _pending)
            answered.Add((answer.RunId, answer.SourceRow));
        return [.. _texts.GroupBy(t => (t.RunId, t.Text.SourceRow)).Where(t => !answered.Contains(t.Key))
            .Select(t => new UnansweredRow(t.Key.RunId, t.Key.SourceRow, TextTaker.Silent([.. t])))];
    }

    AnswerRow Row(PromptScore score, int reading)
    {
        var what = asked.Prompts[score.Key];
        var by = asked.Readings[reading].Score;
        var read = ReadOptions.Of(what, score, by);
        return new()
        {
            RunId = asked.RunIds[what.Template * asked.Readings.Count + reading],
            SourceRow = what.SourceRow,
            OrderIndex = what.OrderIndex,
            LabelMass = asked.WholeOffMenu ? read.Mass : double.NaN,
            OffMenu = asked.WholeOffMenu ? 1 - read.Mass : double.NaN,
            TokenCount = score.Tokens,
            Boundary = score.ForcedBoundary ? "forced" : "natural",
            Options = read.Options,
            LogProbs = asked.WholeOffMenu ? read.LogProbabilities : [],
            Probs = read.Probabilities,
            Texts = by is not null && score.Texts is { } texts
                ? new(ReadOptions.Own(what, texts.Tokens), ReadOptions.Own(what, texts.Bytes),
                    texts.DomainLogProbabilities is { } domain ? ReadOptions.Own(what, domain) : null)
                : null,
            Bounds = score.Bounds is { } bounds ? ReadOptions.Bounds(what, score, bounds) : null,
        };
    }

    void Commit()
    {
        _lastCommit = clock.GetTimestamp();
        if (_pendingPrompts == 0)
            return;
        // Taken out first: a batch that could not be stored is not tried again on the way out.
        var (prompts, tokens, batch, texts, silent) = (_pendingPrompts, _pendingTokens, _pending.ToArray(), _texts.ToArray(), Silent());
        (_pendingPrompts, _pendingTokens) = (0, 0);
        _pending.Clear();
        _texts.Clear();
        results.Append(batch, silent, texts);
        progress.Add(prompts, tokens);
        Steady = _allocatedAtFirst is { } first ? (Steady.Prompts + prompts, GC.GetTotalAllocatedBytes() - first) : Steady;
        _allocatedAtFirst ??= GC.GetTotalAllocatedBytes();
    }
}
