using LocalOpinions.Asking.Sources;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys;

namespace LocalOpinions.Study.Findings;

/// <summary>
/// How many questions and question-country pairs each part has, and why the others are not among them; it adds up, or the program has a
/// bug.
/// </summary>
static class CountFindings
{
    public const string Topic = FindingTopics.Counts, Answered = "questions answered", Outside = "questions outside the sample",
        Scored = "pairs scored";

    public static IEnumerable<FindingRow> Of(ResultsFile results, Survey survey, StudyDeclaration study, int modelId,
        IEnumerable<StudyRun> runs) =>
        runs.GroupBy(r => r.Asked).SelectMany(part => Of(results, survey, study, modelId, part.Key, part.First()));

    static List<FindingRow> Of(ResultsFile results, Survey survey, StudyDeclaration study, int modelId, StudyPart part, StudyRun run)
    {
        var unanswered = Unanswered(results, run.RunId);
        var (answered, pairs) = Counts(results, run.RunId);
        var asked = AskingWork.Choose(study.JobOf(part), survey).Select(q => q.SourceRow).ToHashSet();
        var usable = survey.Questions.ToDictionary(q => q.SourceRow, q => q.Humans.Count);
        var outsidePairs = survey.Questions.Where(q => !asked.Contains(q.SourceRow)).Sum(q => q.Humans.Count);
        var unansweredPairs = unanswered.Keys.Sum(row => usable[row]);
        List<FindingRow> findings = [Row(Answered, answered)];
        findings.AddRange(unanswered.GroupBy(u => u.Value).OrderByDescending(g => g.Count())
            .Select(g => Row($"not answered: {g.Key}", g.Count())));
        findings.Add(Row(Outside, survey.Questions.Count - asked.Count));
        findings.Add(Row(Scored, pairs));
        findings.Add(Row("pairs of questions that were not answered", unansweredPairs));
        findings.Add(Row("pairs outside the sample", outsidePairs));
        findings.Add(Row("pairs without data, or left out by a policy", survey.Pairs - usable.Values.Sum())
            with
        {
            Note = string.Join("; ", survey.Policies.Where(p => p.Count > 0)
            .Select(p => $"{p.Policy}: {p.Choice}, {p.Count:N0} {p.Unit}"))
        });
        if (answered + unanswered.Count != asked.Count || pairs + unansweredPairs + outsidePairs != usable.Values.Sum())
            throw new InvalidOperationException($"run {run.RunId}: {answered} questions answered and {unanswered.Count} not, of "
                + $"{asked.Count}; {pairs} pairs scored, {unansweredPairs} unanswered, {outsidePairs} outside, of {usable.Values.Sum()}");
        return findings;

        FindingRow Row(string measure, long count) => new(modelId, Topic, part.Name, null, measure, answered, count);
    }

    static Dictionary<int, string> Unanswered(ResultsFile results, int runId) =>
        results.Read<UnansweredQuestion>("SELECT source_row, reason FROM unanswered WHERE run_id = ?", runId)
            .ToDictionary(u => u.SourceRow, u => u.Reason);

    static RunCounts Counts(ResultsFile results, int runId) => results.Read<RunCounts>(
        """
        SELECT (SELECT count(DISTINCT source_row) FROM answers WHERE run_id = ?) AS answered,
            (SELECT count(*) FROM similarities WHERE run_id = ?) AS pairs
        """, runId, runId).Single();

    sealed record UnansweredQuestion(int SourceRow, string Reason);

    sealed record RunCounts(int Answered, long Pairs);
}
