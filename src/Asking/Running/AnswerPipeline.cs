using System.Threading.Channels;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Running;

/// <summary>
/// The pipeline of one plan: the engine's thread decodes, a second reads labels, the writer stores. Bounded everywhere; only the writer's
/// own failure ever makes the engine wait.
/// </summary>
static class AnswerPipeline
{
    const int GroupsInFlight = 64;

    public static async Task ExecuteAsync(Func<CancellationToken, IEnumerable<IReadOnlyList<PromptScore>>> score, AnswerWriter writer,
        Func<Task, Task> show, CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<IReadOnlyList<PromptScore>>(
            new BoundedChannelOptions(GroupsInFlight) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = Task.Factory.StartNew(() => Produce(score, channel.Writer, stop.Token), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var writing = writer.WriteAllAsync(channel.Reader);
        // A writer that fails must not leave the engine waiting for room.
        _ = writing.ContinueWith(w => channel.Writer.TryComplete(w.Exception), CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        try
        {
            await show(writing);
        }
        catch
        {
            stop.Cancel();
            throw;
        }
        finally
        {
            // Whatever happened: the native context outlives its thread, and the results file its writer.
            await reading;
            await writing.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    static void Produce(Func<CancellationToken, IEnumerable<IReadOnlyList<PromptScore>>> score,
        ChannelWriter<IReadOnlyList<PromptScore>> scores, CancellationToken cancellation)
    {
        try
        {
            foreach (var group in score(cancellation))
            {
                if (!scores.TryWrite(group))
                    scores.WriteAsync(group, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
            scores.TryComplete();
        }
        catch (ChannelClosedException)
        {
            // The writer failed; its error is the one to show.
        }
        catch (Exception e)
        {
            // Thrown again by the writer, after it has stored what came before.
            scores.TryComplete(e);
        }
    }
}
