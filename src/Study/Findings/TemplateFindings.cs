using LocalOpinions.Analysis.Panels;
using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Findings;

/// <summary>How much the similarity depends on the prompt's wording, beside how much it depends on the choice of questions.</summary>
static class TemplateFindings
{
    public const string Topic = FindingTopics.Templates;

    /// <param name="data">The survey and its runs.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="part">The part of the study that it is about.</param>
    /// <param name="runs">Runs in different wordings and in the same orders.</param>
    public static IEnumerable<FindingRow> Of(StudyData data, int modelId, string part, IReadOnlyList<StudyRun> runs)
    {
        if (runs.Count < 2)
            yield break;
        var columns = new QuestionColumns(data);
        var means = runs.Select(r => data.MeanOverCountries(r.RunId)).ToList();
        // The same questions under every template: a question that one of them lacks is nobody's.
        foreach (var mean in means)
        {
            for (var question = 0; question < mean.Length; question++)
            {
                if (means.Exists(m => double.IsNaN(m[question])))
                    mean[question] = double.NaN;
            }
        }
        var all = means.Select(m => columns.Add(m)).ToList();
        var findings = all.Select((column, i) => columns.Finding(
            column, modelId, Topic, runs[i].Part, runs[i].Way, "mean similarity over countries") with
        { P = double.NaN }).ToList();
        if (findings[0].N == 0)
            yield break;
        foreach (var finding in findings)
            yield return finding;
        var n = findings[0].N;
        yield return new(modelId, Topic, part, null, "standard deviation over templates", n,
            TemplateSpread.Of([.. findings.Select(f => f.Value)]).StandardDeviation)
        { Note = $"{runs.Count} templates" };
        yield return new(modelId, Topic, part, null, "standard error from the choice of questions", n, columns.StandardError(all[0]))
        { Families = findings[0].Families };
    }
}
