using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Tests;

/// <summary>A model that is no file: a server elsewhere, say. Its answers depend on the prompt alone.</summary>
sealed class MadeUpModel(string name = "made up") : IAskedModel
{
    public string Name => name;

    public SourceAbilities Abilities { get; init; } = new() { WholeOffMenu = true };

    /// <summary>Prompts that are scored together.</summary>
    public int Together { get; init; } = 4;

    /// <summary>Called with the number of prompts scored so far, before those that come next.</summary>
    public Action<int> Before { get; init; } = _ => { };

    /// <summary>Called with the number of prompts scored so far, when somebody asks what it is.</summary>
    public Action<int> Shown { get; init; } = _ => { };

    /// <summary>Called before it does a task.</summary>
    public Func<ModelTask, CancellationToken, Task> Doing { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Rows of which no prompt can be made.</summary>
    public IReadOnlyList<int> Refused { get; init; } = [];

    /// <summary>Rows behind whose prompts it gives no numbers.</summary>
    public IReadOnlyList<int> WithoutNumbers { get; init; } = [];

    /// <summary>Where it says that it computes.</summary>
    public string Device { get; init; } = "elsewhere";

    /// <summary>Whether it answers the same in every wording.</summary>
    public bool Deaf { get; init; }

    /// <summary>What it was asked to do besides answering.</summary>
    public List<ModelTask> Tasks { get; } = [];

    /// <summary>Prompts that it scored, in order.</summary>
    public List<PromptItem> Scored { get; } = [];

    public int Planned { get; private set; }

    public void Require(PromptDesign design)
    {
    }

    public Task<string> FingerprintAsync(CancellationToken cancellation) => Task.FromResult(name);

    public Task<IAnswerSource> OpenAsync(AskingWork work, SourceContext context, CancellationToken cancellation) =>
        Task.FromResult<IAnswerSource>(new Source(this, work));

    double[] Answer(PromptItem item)
    {
        var weights = item.Order.Select(o => 1.0 + (item.SourceRow * 7 + (Deaf ? 0 : item.Template * 3) + o * 5) % 11).ToArray();
        return [.. weights.Select(w => w / weights.Sum())];
    }

    sealed class Source(MadeUpModel model, AskingWork work) : IAnswerSource
    {
        readonly SourceFacts _facts = new()
        {
            Architecture = "unknown",
            Description = "made up",
            Quantisation = "unknown",
            Build = "made up 1",
            Device = model.Device,
            Machine = "unknown",
        };

        public SourceFacts Facts
        {
            get
            {
                model.Shown(model.Scored.Count);
                return _facts;
            }
        }

        public SourceAbilities Abilities => model.Abilities;

        public EngineTimes Times { get; } = new();

        public Task<SourceIdentity> IdentifyAsync() =>
            Task.FromResult(new SourceIdentity("made-up", $"made-up:{model.Name}", model.Name, "nowhere", 0));

        public Task<BatchPlan> PlanAsync(int batch, CancellationToken cancellation)
        {
            model.Planned++;
            List<PromptItem> asked = [];
            List<UnaskedQuestion> unasked = [];
            foreach (var question in work.Batches[batch])
            {
                if (!work.Design.CanAsk(question, out var why) || model.Refused.Contains(question.SourceRow))
                {
                    unasked.Add(why ?? new(question.SourceRow, "it will not"));
                    continue;
                }
                var without = work.Design.UnaskedBy(question);
                unasked.AddRange(without.Values);
                foreach (var (index, order) in work.Design.Orders.For(question).Index())
                    asked.AddRange(work.Design.Templates.Index().Where(t => !without.ContainsKey(t.Index)).Select(t =>
                        new PromptItem(t.Index, question.SourceRow, index, t.Item.Build(question, order).Listed)));
            }
            DecodeGroup[] groups =
                [.. Enumerable.Range(0, asked.Count).Chunk(model.Together).Select((keys, i) => new DecodeGroup(i, keys))];
            var tokens = 10 * asked.Count;
            return Task.FromResult(new BatchPlan(batch, asked, unasked, groups, $"plan of {asked.Count}", tokens, tokens));
        }

        public IEnumerable<IReadOnlyList<PromptScore>> Score(BatchPlan plan, Predicate<int> answered, CancellationToken cancellation)
        {
            foreach (var group in plan.Groups)
            {
                int[] keys = [.. group.Keys.Where(k => !answered(k))];
                if (keys.Length == 0)
                    continue;
                model.Before(model.Scored.Count);
                if (cancellation.IsCancellationRequested)
                    yield break;
                model.Scored.AddRange(keys.Select(k => plan.Asked[k]));
                yield return [.. keys.Select(k => model.WithoutNumbers.Contains(plan.Asked[k].SourceRow)
                    ? new PromptScore(k, [], [], 0, 10, ForcedBoundary: false) { Problem = "no numbers" }
                    : Score(k, model.Answer(plan.Asked[k])))];
            }
        }

        public async Task<T> RunAsync<T>(ModelTask<T> task, IProgress<TaskProgress>? progress, CancellationToken cancellation)
            where T : class
        {
            model.Tasks.Add(task);
            await model.Doing(task, cancellation);
            if (task is RateTask { Repetitions: var count } && Abilities.Rate)
                return (T)(object)Enumerable.Repeat(100.0, count).ToArray();
            if (task is SampleTask && Abilities.ExactSample)
                return (T)(object)Sampled();
            throw new NotSupportedException();
        }

        ExactSample Sampled()
        {
            PromptItem[] items = [.. work.Questions.Where(q => work.Design.CanAsk(q, out _)).Take(4).Select(q =>
                new PromptItem(0, q.SourceRow, 0, work.Design.Templates[0].Build(q, work.Design.Orders.For(q)[0]).Listed))];
            return new(items, [.. items.Select((item, key) => Score(key, model.Answer(item)))]);
        }

        public SourceIncidents TakeIncidents() => SourceIncidents.None;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        static PromptScore Score(int key, double[] answer) =>
            new(key, [.. answer.Select(p => Math.Log(p * 0.5))], answer, 0.5, 10, ForcedBoundary: false);
    }
}
