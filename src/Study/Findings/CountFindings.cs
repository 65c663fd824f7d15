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
        Scored = "pairs scored", NotImported = "runs that were not imported";

    public static IEnumerable<FindingRow> Of(ResultsFile results, Survey survey, StudyDeclaration study, int modelId,
        IEnumerable<StudyRun> runs) => runs.GroupBy(r => r.Asked).SelectMany(part =>
        {
            // The runs of a part are asked the same; what was imported for one country may lack what it has for
            // another, and not every question can be perturbed.
            var each = part.Select(run => (Run: run, Rows: Of(results, survey, study, modelId, part.Key, run))).ToList();
            return each.All(e => e.Rows.SequenceEqual(each[0].Rows)) ? each[0].Rows
                : each.SelectMany(e => e.Rows.Select(row => row with { Subject = e.Run.Way ?? e.Run.PromptedCountry }));
        });

    /// <summary>The runs that imported answers lack, and which were taken where there are several.</summary>
    public static IEnumerable<FindingRow> OfImported(int modelId, IEnumerable<ImportedPart> parts) => parts.Where(p => p.Note is not null)
        .Select(p => new FindingRow(modelId, Topic, p.Part, p.PromptedCountry, p.RunId is null ? NotImported : "run that was imported last",
            0, p.RunId ?? 1)
        { Note = p.Note });

    static List<FindingRow> Of(ResultsFile results, Survey survey, StudyDeclaration study, int modelId, StudyPart part, StudyRun run)
    {
        var unanswered = Unanswered(results, run.RunId);
        var (answered, pairs) = Counts(results, run.RunId);
        var asked = study.QuestionsOf(part, survey).Select(q => q.SourceRow).ToHashSet();
        if (part is not AskedPart)
            unanswered = Lacking(results, run.RunId, asked);
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

    static Dictionary<int, string> Lacking(ResultsFile results, int runId, IEnumerable<int> asked) =>
        asked.Except(results.ReadValues<int>("SELECT DISTINCT source_row FROM answers WHERE run_id = ?", runId))
            .ToDictionary(row => row, _ => "not imported");

    static RunCounts Counts(ResultsFile results, int runId) => results.Read<RunCounts>(
        """
        SELECT (SELECT count(DISTINCT source_row) FROM answers WHERE run_id = ?) AS answered,
            (SELECT count(*) FROM similarities WHERE run_id = ?) AS pairs
        """, runId, runId).Single();

    sealed record UnansweredQuestion(int SourceRow, string Reason);

    sealed record RunCounts(int Answered, long Pairs);
}
