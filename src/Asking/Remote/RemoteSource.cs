using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Endpoints;
using LocalOpinions.Engine.Chat;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Surveys;

namespace LocalOpinions.Asking.Remote;

/// <summary>A model on a server, with many requests under way.</summary>
sealed class RemoteSource : IAnswerSource
{
    readonly ServerClient _client;
    readonly IServer _server;
    readonly ServerProof _proof;
    readonly AskingWork _work;
    readonly PromptTarget _target;
    readonly RemoteReader _reader;
    readonly Func<IRemoteReader, RemoteAsking> _through;
    readonly RemoteAsking _asking;
    readonly SourceFacts _facts;
    readonly string _fingerprint;
    readonly Lock _lock = new();
    readonly Dictionary<int, IReadOnlyList<TokenizedPrompt>> _prompts = [];

    /// <param name="client">The server; disposed with this.</param>
    /// <param name="server">How it is asked.</param>
    /// <param name="proof">What it showed of itself.</param>
    /// <param name="vocabulary">Its tokens.</param>
    /// <param name="fingerprint">The model's.</param>
    /// <param name="work">What is asked.</param>
    /// <param name="how">How it is asked: requests under way, answers between two proofs.</param>
    public RemoteSource(ServerClient client, IServer server, ServerProof proof, RemoteVocabulary vocabulary, string fingerprint,
        AskingWork work, RemoteModel how)
    {
        (_client, _server, _proof, _work, _fingerprint) = (client, server, proof, work, fingerprint);
        var model = server.Model;
        // With fewer requests than the server has slots some of these stay empty.
        var slots = Math.Min(model.Slots, how.InFlight ?? int.MaxValue);
        var perSlot = how.InFlight is { } wanted ? Math.Max(1, wanted / slots) : model.PerSlot;
        _reader = new(server, proof);
        _through = reader => new(reader, proof, Times)
        {
            Slots = slots,
            PerSlot = perSlot,
            HasSlots = model.Slots > 1,
            MostUnproven = how.MostUnproven,
        };
        _asking = _through(_reader);
        // Of a server that is asked by text nobody here knows how many tokens a prompt is.
        var longest = model.ContextLength > 0 && !server.IsByText ? model.ContextLength : int.MaxValue;
        _target = new(vocabulary, longest, Chat) { AtATime = slots * perSlot };
        // Tokenising waits for the server in threads of the pool, which is slow to add any: for each prompt one, and for its labels.
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, 2 * slots * perSlot + Environment.ProcessorCount), ports);
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
            Chat = ChatLayout.Of(work.Design, Chat, vocabulary.Start),
        };
    }

    public SourceFacts Facts => _facts with
    {
        Warnings = [.. new[] { _server.IsByText ? ByText : null, _reader.HasBounds ? SomeBounds : null }.OfType<string>()],
    };

    public SourceAbilities Abilities { get; } = new() { WholeOffMenu = true, ExactSample = true, Writing = true };

    public EngineTimes Times { get; } = new();

    public Task<SourceIdentity> IdentifyAsync() => Task.FromResult(new SourceIdentity(
        _server.Kind, _fingerprint, ServerFinder.LastPart(_server.Model.Name), _client.Address.Shown, _server.Model.Bytes));

    public Task<BatchPlan> PlanAsync(int batch, CancellationToken cancellation) => Task.Run(() =>
    {
        var prepared = Prepare(_work.Design, _work.Batches[batch], cancellation);
        if (prepared.Prompts.Count == 0)
            return BatchPlan.Nothing(batch, prepared.Unasked);
        lock (_lock)
            _prompts[batch] = prepared.Prompts;
        var unshared = prepared.Prompts.Sum(p => p.UnsharedTokens);
        DecodeGroup[] groups = [.. prepared.Prompts.Select(p => new DecodeGroup(p.Key, [p.Key]))];
        return new(batch, prepared.Asked, prepared.Unasked, groups, "", unshared, unshared);
    }, CancellationToken.None);

    public IEnumerable<IReadOnlyList<PromptScore>> Score(BatchPlan plan, Predicate<int> answered, CancellationToken cancellation) =>
        AskingOf(_work).Score(PromptsOf(plan.Batch).Where(p => !answered(p.Key)), cancellation);

    public async Task<T> RunAsync<T>(ModelTask<T> task, IProgress<TaskProgress>? progress, CancellationToken cancellation)
        where T : class => (T)(object)(task switch
        {
            SampleTask => await SampleAsync(progress, cancellation),
            WriteTask write => await new RemoteWriting(_server, _proof, _asking, _target).WriteAsync(write, _work, cancellation),
            EstimateTask estimate => await Task.Run(() => Estimate(estimate, cancellation), cancellation),
            _ => throw new NotSupportedException($"A server can be asked, but not told to do {typeof(T).Name}."),
        });

    // Nothing is computed beside the prompt, and nothing of it comes out of a cache, unless others ask the server too.
    async Task<ExactSample> SampleAsync(IProgress<TaskProgress>? progress, CancellationToken cancellation)
    {
        var (asked, prompts) = await Task.Run(() => SampleTask.Draw(_work, q => Prepare(_work.Design, q, cancellation)), cancellation);
        progress?.Report(new(0, 0) { Expected = prompts.Count });
        List<PromptScore> scores = [];
        foreach (var prompt in prompts)
        {
            scores.Add(await _asking.AskAloneAsync(prompt, cancellation));
            progress?.Report(new(1, prompt.Tokens.Length));
        }
        await _proof.RequireSameAsync(cancellation);
        return new(asked, [.. scores.Where(s => s.Problem is null)]);
    }

    JobEstimates Estimate(EstimateTask task, CancellationToken cancellation) =>
        new RemoteEstimate((work, questions) => Prepare(work.Design, questions, cancellation),
            (work, prompts) => AskingOf(work).Score(prompts, cancellation).Sum(s => s.Count)).Of(task, cancellation);

    RemoteAsking AskingOf(AskingWork work) => work.Design.Choice is not { Reading: AnswerReading.Written } choice ? _asking
        : _through(new RemoteTexts(_server, choice.Writing.Request(choice.Layout)));

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

    PromptBatch Prepare(PromptDesign design, IReadOnlyList<Question> questions, CancellationToken cancellation)
    {
        try
        {
            return PromptBatch.Prepare(_target, design, questions, cancellation);
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
}
