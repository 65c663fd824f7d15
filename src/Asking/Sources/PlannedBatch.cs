using LocalOpinions.Asking.Prompts;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Generation;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Asking.Sources;

/// <summary>Prompts put together for one model: read behind, or written on from.</summary>
/// <param name="Prompts">The prompts.</param>
/// <param name="Groups">Those that are asked together.</param>
/// <param name="Sha256">Identifies every decode.</param>
/// <param name="Tokens">Tokens to decode, at most.</param>
/// <param name="UnsharedTokens">The same without sharing.</param>
/// <param name="Open">Gives what asks them; it must be disposed.</param>
sealed record PlannedBatch(
    IReadOnlyList<TokenizedPrompt> Prompts, IReadOnlyList<DecodeGroup> Groups, string Sha256, long Tokens, long UnsharedTokens,
    Func<ScorerOptions, IPromptScorer> Open)
{
    /// <summary>Puts prompts together as a run has them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="job">What is asked.</param>
    /// <param name="shape">The limits of a decode.</param>
    /// <param name="prompts">At least one.</param>
    public static PlannedBatch Of(Model model, AskingJob job, PlanShape shape, IReadOnlyList<TokenizedPrompt> prompts)
    {
        if (job.Design.Reading == AnswerReading.Written)
        {
            var writing = GenerationPlan.Of(model, prompts, job.Design.Writing.Request(job.Design.Layout), singly: job.Exact);
            return new(prompts, writing.DecodeGroups(), writing.Sha256, writing.Tokens, writing.UnsharedTokens,
                options => new TextScorer(model, writing, options));
        }
        var plan = Decodes(shape, prompts, job.Exact);
        return new(prompts, plan.Groups(), plan.Sha256, plan.Tokens, plan.UnsharedTokens,
            options => new PromptScorer(model, plan, options));
    }

    /// <summary>The decodes of prompts as a run has them.</summary>
    public static DecodePlan Decodes(PlanShape shape, IReadOnlyCollection<TokenizedPrompt> prompts, bool exact) =>
        exact ? DecodePlan.OneByOne(prompts) : DecodePlan.Packed(prompts, shape);
}
