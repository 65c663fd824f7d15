using LocalOpinions.Analysis.Panels;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Findings;

/// <summary>
/// Which country is nearest under each condition, how surely, and where that stands between knowing nothing and the nearest people.
/// </summary>
static class NearestFindings
{
    public const string Topic = FindingTopics.Nearest;
    const int OthersNamed = 8;

    public static List<FindingRow> Of(ResultsFile results, int modelId, IEnumerable<StudyRun> runs) =>
        [.. runs.SelectMany(run => Of(results, modelId, run))];

    static IEnumerable<FindingRow> Of(ResultsFile results, int modelId, StudyRun run)
    {
        var subject = run.PromptedCountry;
        var ranking = results.Read<NearCountry>(
            """
            SELECT country, n, families, similarity_bits, low, high, rank_low, uniform_similarity_bits, skill
            FROM country_similarity WHERE run_id = ? AND ranked ORDER BY similarity_bits DESC, country
            """, run.RunId);
        if (ranking.Count == 0)
        {
            yield return new(modelId, Topic, run.Part, subject, "similarity", 0, double.NaN)
            { Verdict = Verdict.TooFew, Note = "no country has enough questions to be ranked" };
            yield break;
        }
        var nearest = ranking[0];
        var n = nearest.N;
        string[] beside = [.. ranking.Skip(1).Where(c => c.RankLow <= 1).Select(c => c.Country)];
        var note = beside.Length switch
        {
            0 when nearest.RankLow is null => null,
            0 => $"of {ranking.Count} countries; first in every replicate's interval",
            <= OthersNamed => $"of {ranking.Count} countries; may as well be {string.Join(", ", beside)}",
            _ => $"of {ranking.Count} countries; may as well be {string.Join(", ", beside.Take(OthersNamed))} or "
                + $"{beside.Length - OthersNamed} more",
        };
        var country = nearest.Country;
        yield return new(modelId, Topic, run.Part, subject, $"similarity to {country}", n, nearest.SimilarityBits)
        {
            Families = nearest.Families,
            Low = nearest.Low,
            High = nearest.High,
            Verdict = n < Verdict.FewestQuestions ? Verdict.TooFew : null,
            Note = note,
        };
        yield return new(modelId, Topic, run.Part, subject, $"uniform answerer's similarity to {country}", n,
            nearest.UniformSimilarityBits);
        yield return new(modelId, Topic, run.Part, subject, $"skill for {country}", n, nearest.Skill)
        { Note = "0 = uniform answerer, 1 = the country nearest to it" };
    }

    sealed record NearCountry
    {
        public required string Country { get; init; }

        public required int N { get; init; }

        public required int? Families { get; init; }

        public required double SimilarityBits { get; init; }

        public required double Low { get; init; }

        public required double High { get; init; }

        public required int? RankLow { get; init; }

        public required double UniformSimilarityBits { get; init; }

        public required double Skill { get; init; }
    }
}
