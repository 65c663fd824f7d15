using LocalOpinions.Analysis.Panels;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Findings;

/// <summary>What changes that should not matter do to the similarity, each on the questions that can be changed so.</summary>
static class PerturbationFindings
{
    const string Measure = "change of mean similarity over countries";

    /// <param name="data">The survey and its runs.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="runs">That of the prompt as it is, and behind it one per perturbation.</param>
    public static IEnumerable<FindingRow> Of(StudyData data, int modelId, IReadOnlyList<StudyRun> runs)
    {
        if (runs.Count < 2)
            return [];
        var columns = new QuestionColumns(data);
        var plain = data.MeanOverCountries(runs[0].RunId);
        var changes = runs.Skip(1).Select(run => (Run: run, Column: columns.Add(
            [.. data.MeanOverCountries(run.RunId).Zip(plain, (there, here) => there - here)], data.Noise(run.RunId, runs[0].RunId))))
            .ToList();
        return Verdict.Judge([.. changes.Select(c => columns.Finding(
            c.Column, modelId, TemplateFindings.Topic, c.Run.Part, c.Run.Way, Measure))]);
    }
}
