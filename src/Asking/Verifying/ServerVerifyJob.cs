using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Remote;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Engine;

namespace LocalOpinions.Asking.Verifying;

/// <summary>
/// Asks a server for a seeded sample of questions twice, and, where a file of the same model is here, holds what it answers against what
/// this program computes of the file: exactly, and as a run does it.
/// </summary>
/// <param name="model">The model on the server.</param>
/// <param name="file">The same model here; null where it is not.</param>
/// <param name="job">Which sample of questions, and how.</param>
public sealed class ServerVerifyJob(RemoteModel model, GgufModel? file, AskingJob job)
{
    /// <param name="warn">Told in words what went wrong and was mended.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="Endpoints.EndpointException">The server cannot be used.</exception>
    /// <exception cref="EngineException">The file cannot be used, or none of the sample be asked.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<VerifyOutcome> ExecuteAsync(Action<string> warn, CancellationToken cancellation)
    {
        var work = AskingWork.Of(job with { MostPrompts = ((IAskedModel)model).MostPrompts });
        model.Require(work.Design);
        file?.Require(work.Design);
        await using var source = await model.OpenAsync(work, SourceContext.None with { Warn = warn }, cancellation);
        var once = await AskedSample.OfAsync(source, work, cancellation);
        var again = await AskedSample.OfAsync(source, work, cancellation);
        var here = await HereAsync(work, warn, cancellation);
        List<(string Way, AskedSample Sample)> all = [("server", once), ("server again", again), .. here];
        List<(int, int, int)> keys = [.. once.Scores.Keys.Where(k => all.TrueForAll(a => a.Sample.Scores.ContainsKey(k)))];
        if (keys.Count == 0)
        {
            var why = all.SelectMany(a => a.Sample.Unasked).FirstOrDefault()?.Reason ?? "the server and the file answer different ones";
            throw new EngineException(EngineError.Prompt,
                $"{work.Survey.Name}: none of the {work.Questions.Count} questions sampled can be asked of this model: {why}.");
        }

        var ways = all.ConvertAll(a =>
            new ComputedSample(a.Way, "", [.. keys.Select((k, i) => a.Sample.Scores[k].Score with { Key = i })]));
        var ranked = VerifyJob.Ranked(work);
        var answers = new SampleAnswers([.. keys.Select(k => once.Scores[k].Asked)], work.Questions, work.Design.Templates.Count, ranked);
        var comparisons = ways.Skip(1).Select(w => answers.Compare(ways[0], w)).ToList();
        if (here.Count > 0)
            comparisons.Add(answers.Compare(ways[^1], ways[^2]));
        var noise = comparisons.Max(c => c.LargestCountryDifference);
        return new()
        {
            Model = model.Name,
            Survey = work.Survey.Name,
            Asking = work.Design.Describe(),
            EngineBuild = source.Facts.Build,
            Device = $"{source.Facts.Device} at {source.Facts.Machine}",
            Threads = 0,
            Questions = keys.Select(k => k.Item2).Distinct().Count(),
            Prompts = keys.Count,
            RankedCountries = ranked.Count,
            QuestionsPerRankedCountry = VerifyJob.FewestQuestionsPerCountry,
            Comparisons = comparisons,
            WhyNoFloat = null,
            IsServed = true,
            Noise = noise,
            CloserThanNoise = answers.CloserThan(noise, here.Count > 0 ? ways[2] : ways[0]),
            Repeats = ways[0].Scores.Zip(ways[1].Scores, (a, b) => a.LogProbabilities.AsSpan().SequenceEqual(b.LogProbabilities))
                .All(same => same),
        };
    }

    async Task<IReadOnlyList<(string Way, AskedSample Sample)>> HereAsync(
        AskingWork work, Action<string> warn, CancellationToken cancellation)
    {
        if (file is null)
            return [];
        await using var source = await file.OpenAsync(work, SourceContext.None with { Warn = warn }, cancellation);
        var sample = await source.RunAsync(new VerifyTask { Briefly = true }, null, cancellation);
        return sample.By(VerifyTask.Exact) is { } exact && sample.By(VerifyTask.AsRun) is { } run
            ? [("file, exact", AskedSample.Of(sample.Asked, exact.Scores)), ("file, as a run", AskedSample.Of(sample.Asked, run.Scores))]
            : throw new EngineException(EngineError.Prompt, $"{file.Name}: none of the questions sampled can be asked of this file: "
                + sample.Unasked[0].Reason);
    }
}
