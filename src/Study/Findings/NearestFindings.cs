using LocalOpinions.Analysis.Panels;
using LocalOpinions.Analysis.Rankings;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Findings;

/// <summary>
/// Which country is nearest under each condition, how surely, and whether the model is nearer to it than an answerer who knows nothing.
/// </summary>
static class NearestFindings
{
    public const string Topic = FindingTopics.Nearest, Beyond = "beyond the uniform answerer, to ", Plain = "plain mean similarity to ",
        None = "beyond the uniform answerer";
    const int OthersNamed = 8;

    public static List<FindingRow> Of(ResultsFile results, int modelId, IEnumerable<StudyRun> runs) =>
        [.. runs.SelectMany(run => Of(results, modelId, run))];

    static IEnumerable<FindingRow> Of(ResultsFile results, int modelId, StudyRun run)
    {
        var subject = run.PromptedCountry;
        var ranking = CountryRanking.Of(results, run.RunId).Where(c => c.Ranked).ToList();
        if (ranking.Count == 0)
        {
            yield return new(modelId, Topic, run.Part, subject, None, 0, double.NaN)
            { Verdict = Verdict.TooFew, Note = "no country has enough questions to be ranked" };
            yield break;
        }
        var nearest = ranking[0];
        var n = (int)nearest.N;
        yield return new(modelId, Topic, run.Part, subject, Beyond + nearest.Country, n, nearest.BeyondBits)
        {
            Low = nearest.BeyondLow,
            High = nearest.BeyondHigh,
            PHolm = nearest.PHolm,
            Verdict = Verdict.Of(nearest.BeyondBits, nearest.PHolm, n),
            Note = $"nearer than the uniform answerer to {ranking.Count(IsNearer)} of {ranking.Count} countries{Beside(ranking)}",
        };
        yield return new(modelId, Topic, run.Part, subject, Plain + nearest.Country, n, nearest.SimilarityBits);
        yield return new(modelId, Topic, run.Part, subject, $"uniform answerer's {Plain}{nearest.Country}", n, nearest.UniformBits);
        var plain = ranking.MaxBy(c => c.SimilarityBits)!;
        if (plain != nearest)
            yield return new(modelId, Topic, run.Part, subject, $"highest {Plain}{plain.Country}", (int)plain.N, plain.SimilarityBits)
            { Note = "it depends on which questions the country was asked, and on how evenly its people answer" };
    }

    static bool IsNearer(RankedCountry country) => Verdict.Of(country.BeyondBits, country.PHolm, (int)country.N) == Verdict.Yes;

    static string Beside(List<RankedCountry> ranking)
    {
        string[] beside = [.. ranking.Skip(1).Where(c => c.RankLow <= 1).Select(c => c.Country)];
        return beside.Length switch
        {
            0 => ranking[0].RankLow is null ? "" : "; first by more than chance",
            <= OthersNamed => $"; may as well be {string.Join(", ", beside)}",
            _ => $"; may as well be {string.Join(", ", beside.Take(OthersNamed))} or {beside.Length - OthersNamed} more",
        };
    }
}
