using System.Diagnostics;
using System.Threading.Channels;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Endpoints;
using LocalOpinions.Engine.Chat;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Surveys;

namespace LocalOpinions.Asking.Remote;

/// <summary>A model on a server, with many requests under way.</summary>
/// <remarks>
/// A server may be ended and another model begun in its place at any moment. So answers are held back until a probe that is sent after the
/// last of them is answered as it was at the start.
/// </remarks>
sealed class RemoteSource : IAnswerSource
{
    // A probe costs as much as a short prompt, and perhaps its neighbours' place in a cache.
    static readonly TimeSpan s_unproven = TimeSpan.FromSeconds(4);
    static readonly TimeSpan s_lastProof = TimeSpan.FromSeconds(3);

    readonly ServerClient _client;
    readonly IServer _server;
    readonly ServerProof _proof;
    readonly AskingWork _work;
    readonly PromptTarget _target;
    readonly RemoteReader _reader;
    readonly SourceFacts _facts;
    readonly string _fingerprint;
    readonly int _slots, _perSlot;
    readonly Lock _lock = new();
    readonly Dictionary<int, IReadOnlyList<TokenizedPrompt>> _prompts = [];

    /// <param name="client">The server; disposed with this.</param>
    /// <param name="server">How it is asked.</param>
    /// <param name="proof">What it showed of itself.</param>
    /// <param name="vocabulary">Its tokens.</param>
    /// <param name="fingerprint">The model's.</param>
    /// <param name="work">What is asked.</param>
    /// <param name="inFlight">Requests under way at a time; null to choose.</param>
    public RemoteSource(ServerClient client, IServer server, ServerProof proof, RemoteVocabulary vocabulary, string fingerprint,
        AskingWork work, int? inFlight)
    {
        (_client, _server, _proof, _work, _fingerprint) = (client, server, proof, work, fingerprint);
        var model = server.Model;
        // With fewer requests than the server has slots some of these stay empty.
        _slots = Math.Min(model.Slots, inFlight ?? int.MaxValue);
        _perSlot = inFlight is { } wanted ? Math.Max(1, wanted / _slots) : model.PerSlot;
        _reader = new(server, proof);
        // Of a server that is asked by text nobody here knows how many tokens a prompt is.
        var longest = model.ContextLength > 0 && !server.IsByText ? model.ContextLength : int.MaxValue;
        _target = new(vocabulary, longest, Chat) { AtATime = _slots * _perSlot };
        // Tokenising waits for the server in threads of the pool, which is slow to add any.
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, _slots * _perSlot + Environment.ProcessorCount), ports);
        _facts = new()
        {
            Architecture = "unknown",
            Description = $"served by {model.Build}".TrimEnd(),
            Parameters = model.Parameters,
            Quantisation = model.Format,
            VocabularySize = model.VocabularySize,
            ContextLength = model.ContextLength,
            Build = model.Build,
            Device = server.Kind,
            Machine = client.Address.Shown,
            KvType = "unknown",
            HasChat = model.ChatTemplate is { Length: > 0 },
            Chat = work.Design.Choice.Layout != TurnLayout.Chat ? null
                : new(Layout(hasSystem: false), Layout(hasSystem: true), vocabulary.Start),
        };

        ChatFormat? Layout(bool hasSystem) => work.Design.Templates.Any(t => t.HasSystem == hasSystem)
            ? Chat(work.Design.Choice.Chat(hasSystem)) : null;
    }

    /// <summary>As <see cref="RemoteModel.MostUnproven"/>.</summary>
    public required int MostUnproven { get; init; }

    public SourceFacts Facts => _facts with
    {
        Warnings = [.. new[] { _server.IsByText ? ByText : null, _reader.HasBounds ? SomeBounds : null }.OfType<string>()],
    };

    public SourceAbilities Abilities { get; } = new() { WholeOffMenu = true };

    public EngineTimes Times { get; } = new();

    public Task<SourceIdentity> IdentifyAsync() => Task.FromResult(new SourceIdentity(
        _server.Kind, _fingerprint, ServerFinder.LastPart(_server.Model.Name), _client.Address.Shown, _server.Model.Bytes));

    public Task<BatchPlan> PlanAsync(int batch, CancellationToken cancellation) => Task.Run(() =>
    {
        var prepared = Prepare(_work.Batches[batch], cancellation);
        if (prepared.Prompts.Count == 0)
            return BatchPlan.Nothing(batch, prepared.Unasked);
        lock (_lock)
            _prompts[batch] = prepared.Prompts;
        var unshared = prepared.Prompts.Sum(p => p.UnsharedTokens);
        DecodeGroup[] groups = [.. prepared.Prompts.Select(p => new DecodeGroup(p.Key, [p.Key]))];
        return new(batch, prepared.Asked, prepared.Unasked, groups, "", unshared, unshared);
    }, CancellationToken.None);

    public IEnumerable<IReadOnlyList<PromptScore>> Score(BatchPlan plan, Predicate<int> answered, CancellationToken cancellation)
    {
        var scores = Channel.CreateUnbounded<PromptScore>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var asking = AskAsync(PromptsOf(plan.Batch).Where(p => !answered(p.Key)), scores.Writer, stop);
        try
        {
            List<PromptScore> unproven = [];
            var (since, decoded) = (Stopwatch.GetTimestamp(), _reader.Decoded);
            var more = true;
            while (more)
            {
                more = Take(scores.Reader, unproven, since);
                if (unproven.Count == 0)
                    continue;
                if (!Prove(cancellation))
                    yield break;
                var now = Stopwatch.GetElapsedTime(since);
                Times.Add(new(_reader.Decoded - decoded, now, now, TimeSpan.Zero, TimeSpan.Zero, []));
                yield return unproven;
                (unproven, since, decoded) = ([], Stopwatch.GetTimestamp(), _reader.Decoded);
            }
            // What ended the asking, if anything did, when what came before it is stored.
            if (!cancellation.IsCancellationRequested)
                asking.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            asking.ContinueWith(_ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
        }
    }

    public Task<T> RunAsync<T>(ModelTask<T> task, IProgress<TaskProgress>? progress, CancellationToken cancellation) where T : class =>
        throw new NotSupportedException($"A server can be asked, but not told to do {typeof(T).Name}.");

    public SourceIncidents TakeIncidents() => SourceIncidents.None;

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    const string ByText = "the server shows no tokens, so it is asked by text: a label is what the server lists under the label's text";

    // Without the number, which answer_bounds has: it would be another warning each time.
    const string SomeBounds = "some log-probabilities of options were lower than the server shows; what is stored of these is the most "
        + "that they can be, and which they are stands in answer_bounds";

    ChatFormat Chat(ChatChoice choice) => ModelChat.Of(_server.Model.ChatTemplate,
        choice with { StartToken = _server.Model.StartToken, EndToken = _server.Model.EndToken }, _server.Model.Name);

    PromptBatch Prepare(IReadOnlyList<Question> questions, CancellationToken cancellation)
    {
        try
        {
            return PromptBatch.Prepare(_target, _work.Design, questions, cancellation);
        }
        catch (AggregateException) when (cancellation.IsCancellationRequested)
        {
            return new([], [], []);
        }
        catch (AggregateException e)
        {
            // Of many threads that wait for the same server, the first to be told why it does not answer speaks for all.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
            throw;
        }
    }

    IReadOnlyList<TokenizedPrompt> PromptsOf(int batch)
    {
        lock (_lock)
        {
            foreach (var earlier in _prompts.Keys.Where(b => b < batch).ToList())
                _prompts.Remove(earlier);
            return _prompts[batch];
        }
    }

    /// <summary>Takes scores until there are enough or it has been long enough.</summary>
    /// <returns>False when there are no more.</returns>
    bool Take(ChannelReader<PromptScore> scores, List<PromptScore> into, long since)
    {
        while (true)
        {
            while (into.Count < MostUnproven && scores.TryRead(out var score))
                into.Add(score);
            var left = s_unproven - Stopwatch.GetElapsedTime(since);
            if (into.Count > 0 && (into.Count >= MostUnproven || left <= TimeSpan.Zero))
                return true;
            var more = scores.WaitToReadAsync().AsTask();
            if (into.Count > 0 && Task.WhenAny(more, Task.Delay(left)).GetAwaiter().GetResult() != more)
                return true;
            if (!more.GetAwaiter().GetResult())
                return false;
        }
    }

    /// <returns>False when it was interrupted, and the server did not answer soon enough.</returns>
    bool Prove(CancellationToken cancellation)
    {
        using var end = new CancellationTokenSource();
        using var soon = cancellation.Register(() => end.CancelAfter(s_lastProof));
        try
        {
            _proof.RequireSameAsync(end.Token).GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    async Task AskAsync(IEnumerable<TokenizedPrompt> prompts, ChannelWriter<PromptScore> scores, CancellationTokenSource stop)
    {
        var queue = new RemoteQueue(prompts, _slots);
        var asking = Enumerable.Range(0, _slots * _perSlot).Select(i => Task.Run(() => AskAsync(queue, i % _slots, scores, stop))).ToList();
        try
        {
            await Task.WhenAll(asking);
        }
        finally
        {
            scores.Complete();
        }
    }

    async Task AskAsync(RemoteQueue queue, int slot, ChannelWriter<PromptScore> scores, CancellationTokenSource stop)
    {
        try
        {
            while (!stop.IsCancellationRequested && queue.Next(slot) is { } prompt)
                await scores.WriteAsync(await _reader.ReadAsync(prompt, _server.Model.Slots > 1 ? slot : null, stop.Token), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Interrupted, or another request failed for good.
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }
}
