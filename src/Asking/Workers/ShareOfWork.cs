using System.Collections.Concurrent;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Workers;

/// <summary>
/// Gets one share scored, whatever happens to the workers. A decode on which a worker died is tried once more as it is, so that an accident
/// changes no number; then its prompts are decoded one by one, and the one that no worker survives is set aside.
/// </summary>
sealed class ShareOfWork(
    WorkerSlot slot, BatchPlan plan, IReadOnlyList<int> leftOut, Predicate<int> answered,
    BlockingCollection<IReadOnlyList<PromptScore>> scores, EngineTimes times, WorkerIncidents incidents)
{
    const int MostDeaths = 2;

    readonly Dictionary<int, int> _deaths = [];

    public async Task ScoreAsync(IReadOnlyList<DecodeGroup> share, CancellationToken cancellation)
    {
        var left = share.SelectMany(g => g.Keys).Where(k => !answered(k)).ToHashSet();
        while (left.Count > 0 && !cancellation.IsCancellationRequested)
        {
            if (await TryAsync(left, [.. left], alone: false, cancellation) is not { } death)
                continue;
            var suspects = death.Keys.Where(left.Contains).Order().ToList();
            foreach (var key in suspects)
                _deaths[key] = _deaths.GetValueOrDefault(key) + 1;
            if (suspects.Count == 0 || suspects.Max(k => _deaths[k]) < MostDeaths)
                continue;
            // Of several decodes that were under way, those that were no part of an earlier end are asked as they are.
            suspects.RemoveAll(k => _deaths[k] < MostDeaths);
            foreach (var key in suspects)
            {
                if (suspects.Count > 1 && await TryAsync(left, [key], alone: true, cancellation) is { } again)
                    (death, _deaths[key]) = (again, _deaths[key] + 1);
                else if (suspects.Count > 1)
                    continue;
                incidents.SetAside(key, $"llama.cpp ended {_deaths[key]} times while decoding it ({death.Reason})");
                left.Remove(key);
            }
        }
    }

    /// <summary>Has some prompts scored, and takes from those that are left what was.</summary>
    /// <returns>What the worker was at when it died, and why; null where it did not.</returns>
    async Task<(IReadOnlyList<int> Keys, string Reason)?> TryAsync(
        HashSet<int> left, IReadOnlyList<int> keys, bool alone, CancellationToken cancellation)
    {
        var (worker, _) = await slot.AliveAsync(incidents.Died);
        var at = new Dictionary<int, IReadOnlyList<int>>();
        try
        {
            await worker.SendAsync(new ScoreRequest(plan.Batch, leftOut, plan.Sha256, keys, alone, Singly: incidents.Any));
            using var stopping = cancellation.Register(() => _ = worker.TrySendAsync(new StopRequest()));
            while (true)
            {
                switch (await worker.ReceiveAsync())
                {
                    case WorkingReply working:
                        at[working.Context] = working.Keys;
                        break;
                    case ScoredReply scored:
                        incidents.Scored();
                        left.ExceptWith(scored.Scores.Select(s => s.Key));
                        scores.Add(scored.Scores, CancellationToken.None);
                        break;
                    case DoneReply done:
                        times.Add(done.Times);
                        return left.Overlaps(keys) && !cancellation.IsCancellationRequested
                            ? throw new InvalidOperationException("A worker left out prompts that it was asked for.") : null;
                    case var other:
                        throw new InvalidOperationException($"A worker said {other.GetType().Name} while scoring.");
                }
            }
        }
        catch (WorkerDiedException e)
        {
            incidents.Died($"while decoding, {e.Reason}");
            return ([.. at.Values.SelectMany(k => k)], e.Reason);
        }
    }
}
