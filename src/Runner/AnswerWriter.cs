using System.Diagnostics;
using System.Threading.Channels;
using LocalOpinions.Engine;
using LocalOpinions.Store;

namespace LocalOpinions.Runner;

/// <summary>
/// Takes scores as they come and commits them in small batches, so that little is ever at stake. What was decoded together
/// is committed together: a run that goes on decodes it together again, and so gets the same numbers.
/// </summary>
sealed class AnswerWriter(ResultsFile results, IReadOnlyList<int> runIds, IReadOnlyList<Asked> asked, RunProgress progress)
{
    const int MostAtStake = 1000;
    static readonly TimeSpan s_longestAtStake = TimeSpan.FromSeconds(2);

    readonly List<AnswerRow> _pending = new(MostAtStake);
    readonly Stopwatch _sinceCommit = Stopwatch.StartNew();
    long _pendingTokens;

    /// <summary>Stores everything that comes, up to the channel's end; what came before a failure is stored too.</summary>
    public async Task WriteAllAsync(ChannelReader<IReadOnlyList<PromptScore>> scores)
    {
        try
        {
            for (var more = scores.WaitToReadAsync().AsTask(); ; more = scores.WaitToReadAsync().AsTask())
            {
                // A slow model may take minutes for the next decode: what is finished must not wait for it.
                if (_pending.Count > 0 && await Task.WhenAny(more, Task.Delay(Left())) != more)
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

    TimeSpan Left() => s_longestAtStake > _sinceCommit.Elapsed ? s_longestAtStake - _sinceCommit.Elapsed : TimeSpan.Zero;

    void Add(IReadOnlyList<PromptScore> group)
    {
        if (_pending.Count + group.Count > MostAtStake)
            Commit();
        foreach (var score in group)
        {
            var what = asked[score.Key];
            _pending.Add(new(runIds[what.Run], what.SourceRow, what.OrderIndex, score.LabelMass, 1 - score.LabelMass, score.Tokens, score.ForcedBoundary ? "forced" : "natural", what.Order, score.LogProbabilities, score.Probabilities));
            _pendingTokens += score.Tokens;
        }
        if (_sinceCommit.Elapsed >= s_longestAtStake)
            Commit();
    }

    void Commit()
    {
        _sinceCommit.Restart();
        if (_pending.Count == 0)
            return;
        // Taken out first: a batch that could not be stored is not tried again on the way out.
        var (batch, tokens) = (_pending.ToArray(), _pendingTokens);
        _pending.Clear();
        _pendingTokens = 0;
        results.Append(batch, []);
        progress.Add(batch.Length, tokens);
    }
}
