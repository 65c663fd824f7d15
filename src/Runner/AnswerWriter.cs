using System.Diagnostics;
using System.Threading.Channels;
using LocalOpinions.Engine;
using LocalOpinions.Store;

namespace LocalOpinions.Runner;

/// <summary>Takes scores from the engine's thread and commits them in small batches, so that little is ever at stake.</summary>
sealed class AnswerWriter(ResultsFile results, int runId, RunProgress progress)
{
    public const int OnlyOrder = 0;

    const int MostAtStake = 1000;
    static readonly TimeSpan s_longestAtStake = TimeSpan.FromSeconds(2);

    readonly List<AnswerRow> _pending = [];
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
        _pending.AddRange(group.Select(s => new AnswerRow(runId, s.Key, OnlyOrder, s.LabelMass, 1 - s.LabelMass, s.Tokens, s.ForcedBoundary ? "forced" : "natural", [.. Enumerable.Range(0, s.Probabilities.Length)], s.LogProbabilities, s.Probabilities)));
        _pendingTokens += group.Sum(s => (long)s.Tokens);
        if (_pending.Count >= MostAtStake || _sinceCommit.Elapsed >= s_longestAtStake)
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
