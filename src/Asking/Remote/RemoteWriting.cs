using System.Collections.Concurrent;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Endpoints;
using LocalOpinions.Engine.Generation;

namespace LocalOpinions.Asking.Remote;

/// <summary>Has a server write on from prompts, and reads what it answers to them without writing.</summary>
sealed class RemoteWriting(IServer server, ServerProof proof, RemoteAsking asking, PromptTarget target)
{
    /// <exception cref="EndpointException">The server does not answer, or has another model now.</exception>
    public async Task<WrittenAnswers> WriteAsync(WriteTask task, AskingWork work, CancellationToken cancellation)
    {
        var (asked, unasked) = await Task.Run(() => WritingPrompt.Of(target, work, task.Free), cancellation);
        unasked.AddRange(asked.Where(a => !HasRoom(a, task.Request)).Select(a => a.Unasked(
            $"its prompt of {a.Text.Tokens.Length:N0} tokens and {task.Request.MostTokens:N0} written behind it are longer than the "
            + $"model's context of {target.ContextLength:N0}")));
        asked = [.. asked.Where(a => HasRoom(a, task.Request))];
        var scores = await Task.Run(
            () => asking.Score(asked.Select(a => a.Read), cancellation).SelectMany(s => s).ToDictionary(s => s.Key), cancellation);
        cancellation.ThrowIfCancellationRequested();
        unasked.AddRange(asked.Where(a => scores[a.Read.Key].Problem is not null).Select(a => a.Unasked(scores[a.Read.Key].Problem!)));
        var (written, unwritten) = (new ConcurrentBag<WrittenAnswer>(), new ConcurrentBag<(int Key, UnaskedQuestion Why)>());
        var texts = asked.Where(a => scores[a.Read.Key].Problem is null)
            .SelectMany(a => Enumerable.Range(0, task.Request.Sequences).Select(sequence => (Prompt: a, Sequence: sequence)));
        var writer = new RemoteTexts(server, task.Request);
        await Parallel.ForEachAsync(texts,
            new ParallelOptions { MaxDegreeOfParallelism = target.AtATime ?? 1, CancellationToken = cancellation },
            async (text, stop) =>
            {
                try
                {
                    var said = await writer.WriteAsync(text.Prompt.Text, text.Sequence, stop);
                    written.Add(text.Prompt.Answer(scores[text.Prompt.Read.Key], said));
                }
                catch (EndpointException e) when (e.Kind == EndpointError.Prompt)
                {
                    unwritten.Add((text.Prompt.Text.Key, text.Prompt.Unasked(e.Message)));
                }
            });
        await proof.RequireSameAsync(cancellation);
        // Several texts of one prompt may have failed alike.
        unasked.AddRange(unwritten.OrderBy(u => u.Key).Select(u => u.Why).Distinct());
        return new([.. written.OrderBy(w => w.Text.Key).ThenBy(w => w.Text.Sequence)], unasked);
    }

    bool HasRoom(WritingPrompt prompt, GenerationRequest request) =>
        (long)prompt.Text.Tokens.Length + request.MostTokens <= target.ContextLength;
}
