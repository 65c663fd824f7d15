using LocalOpinions.Analysis.FollowUp;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Findings;

/// <summary>How much of the variance of single answers' similarity is between questions, wordings and orders.</summary>
static class VarianceFindings
{
    /// <param name="results">The file.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="part">The part of the study that it is about.</param>
    /// <param name="runs">Runs in different wordings and in the same orders.</param>
    public static IEnumerable<FindingRow> Of(ResultsFile results, int modelId, string part, IReadOnlyList<int> runs) =>
        WordingVariance.Among(results, runs) is not { } variance ? [] : variance.Parts.Select((p, i) =>
            new FindingRow(modelId, TemplateFindings.Topic, part, p.Source, "share of the similarity's variance", variance.Questions,
                p.Share)
            {
                Low = p.Low,
                High = p.High,
                Note = i == 0 ? variance.Sentence() : null,
            });
}
