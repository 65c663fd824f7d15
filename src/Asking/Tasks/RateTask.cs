using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Asking.Tasks;

/// <summary>Measures llama.cpp's own prompt rate, by llama-bench's protocol: tokens per second, one number per decode.</summary>
/// <param name="Tokens">Tokens per decode.</param>
/// <param name="Repetitions">How often.</param>
public sealed record RateTask(int Tokens, int Repetitions) : ModelTask<IReadOnlyList<double>>
{
    /// <summary>pp512 a few times: what a run's rate is held against.</summary>
    public static RateTask OfRun { get; } = new(DecodePlan.Ubatch, 5);

    private protected override IReadOnlyList<double> Result(ModelAtWork at)
    {
        if (at.Rate is { } known && Tokens == DecodePlan.Ubatch)
            return Measure(known);
        using var rate = new PromptRate(at.Model, Tokens, at.Threads);
        return Measure(rate);

        double[] Measure(PromptRate rate) => [.. Enumerable.Range(0, Repetitions).Select(_ =>
        {
            at.Cancellation.ThrowIfCancellationRequested();
            return rate.Measure();
        })];
    }
}
