using LocalOpinions.Engine;
using LocalOpinions.Runner.Workers;
using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>Measures on a small sample how far a run's arithmetic is from decoding one prompt at a time in F32, and stores it with the run.</summary>
static class NoiseFloorJob
{
    const int FewestPrompts = 4, MostPrompts = 32, OneOf = 64;
    const int Seed = 20230628;

    /// <summary>Runs that were asked together share one sample: their answers come out of the same decodes.</summary>
    public static async Task StoreAsync(IPromptEngine engine, Asking asking, ResultsFile results, int surveyId, IReadOnlyList<int> runIds)
    {
        if (results.NoiseFloor(runIds[0]) is not null)
            return;
        var (asked, scores) = await engine.SampleAsync();
        if (scores.Count == 0)
            return;
        for (var reading = 0; reading < asking.Readings.Count; reading++)
        {
            var runs = runIds.Where((_, i) => i % asking.Readings.Count == reading).ToList();
            var row = Compare(scores, asked, asking.Readings[reading].Score, results, surveyId, runs);
            foreach (var id in runs)
                results.ReplaceNoiseFloor(id, row);
        }
    }

    static NoiseFloorRow Compare(IReadOnlyList<PromptScore> exact, IReadOnlyList<Asked> asked, TextScore? by, ResultsFile results, int surveyId, List<int> runs)
    {
        var stored = exact.Select(s => asked[s.Key]).GroupBy(a => a.Template)
            .SelectMany(g => results.ReadAnswers(runs[g.Key], [.. g.Select(a => (a.SourceRow, a.OrderIndex))]))
            .ToDictionary(a => (a.RunId, a.SourceRow, a.OrderIndex));
        var difference = new AnswerDifference();
        foreach (var score in exact)
        {
            var what = asked[score.Key];
            // One that was set aside has none.
            if (!stored.TryGetValue((runs[what.Template], what.SourceRow, what.OrderIndex), out var answer))
                continue;
            var humans = results.ReadHumans(surveyId, what.SourceRow).Select(h => what.Order.Select(o => h.Probabilities[o]).ToArray()).ToList();
            difference.Add(answer.LogProbs, answer.Probs, score.LogProbabilities, by is { } text ? score.ProbabilitiesBy(text) : score.Probabilities, humans);
        }
        return new(
            exact.Count, difference.Probability.Mean, difference.Probability.Largest, difference.LogProbability.Mean, difference.LogProbability.Largest,
            difference.Similarity.Count > 0 ? difference.Similarity.Mean : null, difference.Similarity.Count > 0 ? difference.Similarity.Largest : null);
    }

    /// <summary>Scores a seeded sample of all prompts exactly: questions are drawn first, then one of each question's prompts.</summary>
    public static ExactSample Sample(Model model, Asking asking, IReadOnlyList<Question> questions, int threads)
    {
        var random = new Random(Seed);
        var all = questions.Sum(q => asking.CanAsk(q, out _) ? (long)asking.Orders.For(q).Count * asking.Templates.Count : 0);
        var size = (int)Math.Clamp(all / OneOf, FewestPrompts, MostPrompts);
        var batch = PromptBatch.Prepare(model, asking, PickSome(questions, Math.Min(size, questions.Count), random), default);
        TokenizedPrompt[] prompts = [.. batch.Prompts.GroupBy(p => batch.Asked[p.Key].SourceRow).Select(g => g.ElementAt(random.Next(g.Count())))];
        if (prompts.Length == 0)
            return new([], []);
        using var scorer = new PromptScorer(model, DecodePlan.OneByOne(prompts), new(Precise: true, threads));
        return new(batch.Asked, [.. scorer.Score().SelectMany(s => s)]);
    }

    internal static List<Question> PickSome(IReadOnlyList<Question> questions, int count, Random random)
    {
        var shuffled = questions.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled.Take(count).OrderBy(q => q.SourceRow)];
    }
}
