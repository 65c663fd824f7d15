using LocalOpinions.Scoring.Simd;
using LocalOpinions.Store;

namespace LocalOpinions.Runner;

/// <summary>Compares a run's answers with every country's and stores the divergences.</summary>
static class ScoreJob
{
    /// <summary>Scores one run anew; returns the number of (question, country) pairs.</summary>
    public static int Score(ResultsFile results, int runId)
    {
        var rows = new List<SimilarityRow>();
        foreach (var question in results.ReadForScoring(runId))
            Score(question, rows);
        results.ReplaceSimilarities(runId, rows);
        return rows.Count;
    }

    internal static void Score(ScoringQuestion question, List<SimilarityRow> rows)
    {
        if (question.Humans.Count == 0)
            return;
        var options = question.Probs.Length;
        var humans = DistributionBlock.Create(options, question.Humans.Count);
        foreach (var human in question.Humans)
            humans.Add(human.Probabilities);
        Span<double> model = new double[humans.Count];
        JensenShannon.OneToMany(question.Probs, humans, model);
        for (var i = 0; i < humans.Count; i++)
            rows.Add(new(question.SourceRow, question.Humans[i].CountryId, model[i]));
    }
}
