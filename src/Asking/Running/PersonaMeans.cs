using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Running;

/// <summary>Runs of which one is the mean.</summary>
/// <param name="Run">The mean.</param>
/// <param name="Reading">How its answers are read.</param>
/// <param name="Parts">By persona, the place of its run among all runs that are asked, and its weight.</param>
sealed record PersonaMean(RunRow Run, string Reading, IReadOnlyList<(int Run, double Weight)> Parts);

/// <summary>
/// Puts the answers of a country's personas together, by weight, as a run of that country: of each question and order the weighted mean of
/// their distributions. Nothing is asked for it.
/// </summary>
static class PersonaMeans
{
    const int BatchRows = 1000;

    /// <param name="work">What was asked.</param>
    /// <param name="source">Who was asked.</param>
    /// <param name="rows">The runs, by template, and within a template by reading.</param>
    public static IReadOnlyList<PersonaMean> Of(AskingWork work, IAnswerSource source, IReadOnlyList<RunRow> rows)
    {
        var readings = work.Design.Readings;
        var groups = work.Design.Templates.Index().Where(t => t.Item.Persona is not null)
            .GroupBy(t => (t.Item.NameOfAll, t.Item.Country!.Somebody)).Select(g => g.ToList());
        return [.. groups.SelectMany(group => readings.Index().Select(reading => new PersonaMean(
            Mean(group, rows[Place(group[0].Index, reading.Index)]), reading.Item.Name,
            [.. group.Select(t => (Place(t.Index, reading.Index), t.Item.Persona!.Weight))])))];

        int Place(int template, int reading) => template * readings.Count + reading;

        RunRow Mean(List<(int Index, Template Item)> group, RunRow part)
        {
            var first = group[0].Item;
            var chat = source.Facts.Chat;
            string[] members = [.. group.Select(t => string.Create(CultureInfo.InvariantCulture,
                $"{LaidOutTemplate.Of(t.Item, chat).Sha256} {t.Item.Persona!.Weight:R}"))];
            return part with
            {
                TemplateName = $"{first.NameOfAll}@personas{(chat is null ? "" : "-chat")}",
                TemplateSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', members)))),
                Plan = $"mean by weight of {group.Count} personas, {part.Plan}",
                Control = first.Perturbation is null ? ControlNames.Of(first.Control) : RunControls.Perturbed,
                Wording = $"Mean by weight of the answers as {first.Country!.Somebody} of {group.Count} personas: "
                    + string.Join(", ", group.Select(t => string.Create(CultureInfo.InvariantCulture,
                        $"{t.Item.Persona!.Name} {t.Item.Persona.Weight:R}"))),
            };
        }
    }

    /// <summary>Stores what is missing of them.</summary>
    /// <param name="results">The file.</param>
    /// <param name="work">What was asked.</param>
    /// <param name="means">The means.</param>
    /// <param name="asked">The runs that were asked.</param>
    /// <returns>Their numbers.</returns>
    public static IReadOnlyList<int> Store(ResultsFile results, AskingWork work, IReadOnlyList<PersonaMean> means,
        IReadOnlyList<RunHandle> asked)
    {
        List<(int, int)> prompts = means.Count == 0 ? [] : [.. work.Questions.SelectMany(q => Enumerable
            .Range(0, work.Design.OrdersOf(q)).Select(order => (q.SourceRow, order)))];
        int[] rows = [.. work.Questions.Select(q => q.SourceRow)];
        return [.. means.Select(mean => Store(results, mean, asked, prompts, rows))];
    }

    static int Store(ResultsFile results, PersonaMean mean, IReadOnlyList<RunHandle> asked, List<(int, int)> prompts, int[] rows)
    {
        var run = results.BeginRun(mean.Run);
        var total = mean.Parts.Sum(p => p.Weight);
        Dictionary<(int, int), (AnswerRow Sum, int Parts)> sums = [];
        foreach (var (part, weight) in mean.Parts)
        {
            foreach (var answer in results.ReadAnswers(asked[part].RunId, prompts))
            {
                var key = (answer.SourceRow, answer.OrderIndex);
                var (sum, parts) = sums.GetValueOrDefault(key);
                sums[key] = (Plus(sum, answer, weight / total, run.RunId), parts + 1);
            }
        }
        var whole = sums.Where(s => s.Value.Parts == mean.Parts.Count && !run.Answered.Contains(s.Key))
            .OrderBy(s => s.Key).Select(s => s.Value.Sum);
        var bounds = Bounds(results, mean, asked, total);
        foreach (var batch in whole.Chunk(BatchRows))
        {
            results.Append([.. batch.Select(a => a with
            {
                LogProbs = [.. a.LogProbs.Select(l => Math.Log(l))],
                Bounds = bounds.GetValueOrDefault((a.SourceRow, a.OrderIndex)),
            })], []);
        }
        var answered = sums.Where(s => s.Value.Parts == mean.Parts.Count).Select(s => s.Key.Item1).ToHashSet();
        var reasons = results.Read<Unanswered>("SELECT source_row, reason FROM unanswered WHERE run_id = ?", asked[mean.Parts[0].Run].RunId)
            .ToDictionary(u => u.SourceRow, u => u.Reason);
        results.Append([], [.. rows.Where(r => !answered.Contains(r) && !run.UnansweredRows.Contains(r)).Select(r =>
            new UnansweredRow(run.RunId, r, reasons.GetValueOrDefault(r, "not every persona has an answer to it")))]);
        results.EndRun(run.RunId, new("complete", 0, 0, 0));
        return run.RunId;
    }

    /// <summary>By source row and order, what of a mean is a bound: whatever is one for a persona.</summary>
    static Dictionary<(int, int), AnswerBounds> Bounds(
        ResultsFile results, PersonaMean mean, IReadOnlyList<RunHandle> asked, double total)
    {
        Dictionary<(int, int), AnswerBounds> sums = [];
        foreach (var (part, weight) in mean.Parts)
        {
            var bounds = results.Read<Bounded>(
                "SELECT source_row, order_index, unnest(options) AS option, mass FROM answer_bounds WHERE run_id = ?", asked[part].RunId);
            foreach (var answer in bounds.GroupBy(b => (b.SourceRow, b.OrderIndex)))
            {
                var known = sums.GetValueOrDefault(answer.Key) ?? new([], 0);
                sums[answer.Key] = new([.. known.Options.Union(answer.Select(b => b.Option)).Order()],
                    Math.Min(1, known.Mass + weight / total * answer.First().Mass));
            }
        }
        return sums;
    }

    // The log-probabilities of the sum are probabilities until it is complete.
    static AnswerRow Plus(AnswerRow? sum, AnswerRow answer, double share, int runId)
    {
        if (sum is null)
            return answer with
            {
                RunId = runId,
                LabelMass = share * answer.LabelMass,
                OffMenu = share * answer.OffMenu,
                LogProbs = [.. answer.LogProbs.Select(l => share * Math.Exp(l))],
                Probs = [.. answer.Probs.Select(p => share * p)],
                Texts = null,
            };
        return sum with
        {
            LabelMass = sum.LabelMass + share * answer.LabelMass,
            OffMenu = sum.OffMenu + share * answer.OffMenu,
            TokenCount = Math.Max(sum.TokenCount, answer.TokenCount),
            Boundary = sum.Boundary == "forced" ? sum.Boundary : answer.Boundary,
            LogProbs = [.. sum.LogProbs.Zip(answer.LogProbs, (s, l) => s + share * Math.Exp(l))],
            Probs = [.. sum.Probs.Zip(answer.Probs, (s, p) => s + share * p)],
        };
    }

    sealed record Unanswered(int SourceRow, string Reason);

    sealed record Bounded(int SourceRow, int OrderIndex, int Option, double Mass);
}
