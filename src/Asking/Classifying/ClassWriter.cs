using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Asking.Classifying;

/// <summary>
/// Stores classes while they come, as soon as a run does its answers: whatever ends the work loses no more than that.
/// </summary>
/// <param name="results">The file.</param>
/// <param name="runId">The run whose texts are classified.</param>
/// <param name="classifier">Who classifies them.</param>
/// <param name="texts">Those of the task.</param>
/// <param name="progress">Counts them.</param>
sealed class ClassWriter(
    ResultsFile results, int runId, TextClassifier classifier, IReadOnlyList<RunText> texts, WorkProgress progress)
    : IProgress<TaskProgress>, IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly List<TextClassRow> _pending = [];
    readonly CancellationTokenSource _ended = new();
    Task? _storing;

    /// <summary>Takes a text's class; may be called from any thread, one at a time.</summary>
    public void Report(TaskProgress value)
    {
        if (value.Classified is { Problem: null } classified)
        {
            lock (_lock)
                _pending.Add(Row(classified));
            _storing ??= StoreAsync();
        }
        progress.Add(value.Done, value.Tokens);
    }

    /// <summary>Stores what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await (_storing ?? Task.CompletedTask);
        Store();
        _ended.Dispose();
    }

    async Task StoreAsync()
    {
        // A slow model may take long for the next ones: what is done must not wait for them.
        while (!_ended.IsCancellationRequested)
        {
            await Task.Delay(AnswerWriter.LongestAtStake, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_ended.IsCancellationRequested)
                Store();
        }
    }

    void Store()
    {
        TextClassRow[] rows;
        lock (_lock)
        {
            rows = [.. _pending];
            _pending.Clear();
        }
        if (rows.Length > 0)
            results.AppendTextClasses(runId, classifier, rows);
    }

    TextClassRow Row(ClassifiedText classified)
    {
        var text = texts[classified.Place];
        return new(text.SourceRow, text.Sequence, classified.Option is { } at ? text.Order[at] : null, classified.Probability,
            classified.OffMenu);
    }
}
