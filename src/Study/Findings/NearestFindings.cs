using LocalOpinions.Analysis.Panels;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Findings;

/// <summary>
/// Which country is nearest under each condition, how surely, and where that stands between knowing nothing and the nearest people.
/// </summary>
static class NearestFindings
{
    public const string Topic = "nearest";
    const int OthersNamed = 8;

    public static List<FindingRow> Of(ResultsFile results, int modelId, IEnumerable<StudyRunRow> runs, Func<StudyRunRow,
        string?> subjectOf) =>
        [.. runs.SelectMany(run => Of(results, modelId, run, subjectOf(run)))];

    static IEnumerable<FindingRow> Of(ResultsFile results, int modelId, StudyRunRow run, string? subject)
    {
        using var query = results.Query(
            """
            SELECT country, n, families, similarity_bits, low, high, rank, rank_low, uniform_similarity_bits, skill
            FROM country_similarity WHERE run_id = ? AND ranked ORDER BY similarity_bits DESC, country
            """, run.RunId);
        var ranking = query.Rows.ToList();
        if (ranking.Count == 0)
        {
            yield return new(modelId, Topic, run.Part, subject, "similarity", 0, double.NaN)
            { Verdict = Verdict.TooFew, Note = "no country has enough questions to be ranked" };
            yield break;
        }
        var nearest = ranking[0];
        var n = Convert.ToInt32(nearest[1]);
        string[] beside = [.. ranking.Skip(1).Where(r => r[7] is not null && Convert.ToInt32(r[7]) <= 1).Select(r => (string)r[0]!)];
        var note = beside.Length switch
        {
            0 when nearest[7] is null => null,
            0 => $"of {ranking.Count} countries; first in every replicate's interval",
            <= OthersNamed => $"of {ranking.Count} countries; may as well be {string.Join(", ", beside)}",
            _ => $"of {ranking.Count} countries; may as well be {string.Join(", ", beside.Take(OthersNamed))} or "
                + $"{beside.Length - OthersNamed} more",
        };
        var country = (string)nearest[0]!;
        yield return new(modelId, Topic, run.Part, subject, $"similarity to {country}", n, (double)nearest[3]!)
        {
            Families = nearest[2] is { } families ? Convert.ToInt32(families) : null,
            Low = Number(nearest[4]),
            High = Number(nearest[5]),
            Verdict = n < Verdict.FewestQuestions ? Verdict.TooFew : null,
            Note = note,
        };
        yield return new(modelId, Topic, run.Part, subject, $"uniform answerer's similarity to {country}", n, (double)nearest[8]!);
        yield return new(modelId, Topic, run.Part, subject, $"skill for {country}", n, Number(nearest[9]))
        { Note = "0 = uniform answerer, 1 = the country nearest to it" };
    }

    static double Number(object? cell) => cell is null ? double.NaN : Convert.ToDouble(cell);
}
