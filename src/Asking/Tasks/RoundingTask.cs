using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Tasks;

/// <summary>A few prompts, each decoded by itself, with a model's weights as they are and in F32.</summary>
/// <param name="Asked">What prompt <c>key</c> asks.</param>
/// <param name="Exact">With the weights as they are, by key.</param>
/// <param name="Float">With the same weights in F32, by key; none where there is no use or no room for that.</param>
public sealed record RoundingSample(
    IReadOnlyList<PromptItem> Asked, IReadOnlyList<PromptScore> Exact, IReadOnlyList<PromptScore> Float);

/// <summary>
/// Scores every fourth prompt of a run's sample (<see cref="SampleTask"/>) exactly and with the weights in F32, where memory and disk have
/// room for those. It reports decodes.
/// </summary>
public sealed record RoundingTask : ModelTask<RoundingSample>
{
    const int OneOfSample = 4;

    // Writing and loading the weights in F32 is on a CPU as much work as decoding some 1,600 tokens, whatever the model's size; a question
    // is at least eighty, and its further prompts share most of them.
    const int FewestQuestions = 1024;

    /// <summary>
    /// Whether it is little work beside the asking. A GPU asks so fast that writing the weights alone would take longer, and each number
    /// that is said takes a hundred decodes by itself.
    /// </summary>
    /// <param name="work">What is asked.</param>
    /// <param name="device">What computes.</param>
    internal static bool IsLittle(AskingWork work, string device) => device == "cpu"
        && work.Design.Choice.Reading is AnswerReading.Labels or AnswerReading.Text
        && work.Questions.Count >= FewestQuestions;

    private protected override RoundingSample Result(ModelAtWork at)
    {
        if (FloatWeights.WhyNot(at.Model) is not null)
            return new([], [], []);
        var (asked, all) = SampleTask.Draw(at.Work, q => PromptBatch.Prepare(at.Model, at.Work.Design, q, at.Cancellation));
        at.Cancellation.ThrowIfCancellationRequested();
        List<TokenizedPrompt> prompts = [.. all.Where((_, i) => i % OneOfSample == 0)];
        if (prompts.Count == 0)
            return new([], [], []);
        var plan = DecodePlan.OneByOne(prompts);
        at.Progress(new(0, 0) { Expected = 2 * plan.Decodes });
        var exact = Scores(at.Model);
        var inFloat = FloatWeights.With(at, Scores);
        // Behind which either gives no numbers cannot be compared.
        HashSet<int> both = [.. exact.Select(s => s.Key).Intersect(inFloat.Select(s => s.Key))];
        return new(asked, [.. exact.Where(s => both.Contains(s.Key))], [.. inFloat.Where(s => both.Contains(s.Key))]);

        List<PromptScore> Scores(Model model)
        {
            using var scorer = new PromptScorer(model, plan, new(Arithmetic.Exact, at.Threads));
            List<PromptScore> scores = [.. scorer.Score(null, at.Cancellation, decoding: (_, _) => at.Progress(new(1, 0)))
                .SelectMany(s => s).Where(s => s.Problem is null).OrderBy(s => s.Key)];
            at.Cancellation.ThrowIfCancellationRequested();
            return scores;
        }
    }
}
