using LocalOpinions.Analysis.FollowUp;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Findings;

/// <summary>What a model writes beside what its probabilities say.</summary>
static class WrittenFindings
{
    public const string Topic = FindingTopics.Written;

    /// <param name="results">The file.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="standard">Its run in the default condition, read from probabilities.</param>
    /// <param name="written">Its run of texts.</param>
    public static IEnumerable<FindingRow> Of(ResultsFile results, int modelId, int standard, StudyRun written)
    {
        var beside = WrittenBeside.Of(results, written.RunId);
        foreach (var m in beside.Mismatches.Where(m => m.OtherRunId == standard))
        {
            yield return Row("another option than the most probable one", m.Naming, m.Mismatch, m.MismatchLow, m.MismatchHigh)
                with
            {
                Note = "of the texts that name one option",
            };
            yield return Row("total variation of texts and probabilities", m.Naming, m.TotalVariation, m.VariationLow, m.VariationHigh);
        }
        if (beside.Classes is { } c)
        {
            yield return Row("texts that decline", c.Questions, c.Refusal, c.RefusalLow, c.RefusalHigh);
            yield return Row("texts that name no single option", c.Questions, c.OffMenu, double.NaN, double.NaN) with
            {
                Note = $"several {c.Several:P1}, none {c.None:P1}, declining {c.Refusal:P1}",
            };
        }

        FindingRow Row(string measure, long n, double value, double low, double high) =>
            new(modelId, Topic, written.Part, null, measure, (int)n, value) { Low = low, High = high };
    }
}
