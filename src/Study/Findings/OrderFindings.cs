using LocalOpinions.Analysis.Panels;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Study.Findings;

/// <summary>
/// What the order of the options does: bias for labels and positions, and what averaging and dividing out a label prior give for their
/// cost.
/// </summary>
static class OrderFindings
{
    public const string Topic = FindingTopics.Orders;
    const int PositionsShown = 4;

    public static List<FindingRow> Of(ResultsFile results, StudyData data, int modelId, StudyRunRow run)
    {
        var answers = OrderedAnswer.Read(results, run.RunId);
        var several = answers.Where(a => a.Options.Length > 1).ToList();
        if (several.Count == 0)
            return [];
        var places = data.Rows.Select((row, i) => (row, i)).ToDictionary(r => r.row, r => r.i);
        var columns = new QuestionColumns(data);
        List<FindingRow> findings = [.. Bias(several)];
        var cyclic = several.Where(a => a.HasPrior).ToList();
        if (cyclic.Count > 0)
            findings.AddRange(Prior(cyclic));
        return findings;

        IEnumerable<FindingRow> Bias(List<OrderedAnswer> asked)
        {
            List<(string Subject, int Column)> positions = [.. Enumerable.Range(0, PositionsShown).Select(p =>
                (OptionLetters.At(p), Column(asked, a => p < a.Count ? a.Bias()[p] : double.NaN))),
                    ("last", Column(asked, a => a.Bias()[^1]))];
            var spread = Column(asked, a => a.Spread());
            return
            [
                .. Verdict.Judge([.. positions.Select(p => columns.Finding(
                    p.Column, modelId, Topic, run.Part, p.Subject, p.Subject == "A" ? "A-bias" : "position bias"))]),
                columns.Finding(spread, modelId, Topic, run.Part, null, "share of probability that moves with the order")
                    with { P = double.NaN },
            ];
        }

        IEnumerable<FindingRow> Prior(List<OrderedAnswer> asked)
        {
            var priors = new LabelPriors(asked, data.Seed);
            int own = Column(asked, a => Mean(a, a.ByOption(0))), mean = Column(asked, a => Mean(a, a.Mean())),
                corrected = Column(asked, a => Mean(a, priors.Corrected(a)));
            int ownMiss = Column(asked, a => Distance(a.ByOption(0), a.Mean())),
                correctedMiss = Column(asked, a => Distance(priors.Corrected(a), a.Mean()));
            var cost = $"prompts: {asked.Count:N0} in the survey's order, {priors.Prompts:N0} with the prior, {priors.AllPrompts:N0} in "
                + $"all rotations";
            FindingRow Plain(int column, string measure, string? note = null) =>
                columns.Finding(column, modelId, Topic, run.Part, null, measure) with { P = double.NaN, Note = note };
            yield return Plain(own, "mean similarity, survey's order");
            yield return Plain(mean, "mean similarity, mean over orders", cost);
            yield return Plain(corrected, "mean similarity, label prior divided out",
                $"prior estimated on {priors.EstimatedOn:N0} questions");
            yield return Plain(ownMiss, "distance from the mean over orders, survey's order");
            yield return Plain(correctedMiss, "distance from the mean over orders, label prior divided out");
            foreach (var (options, prior) in priors.Priors)
                yield return new(modelId, Topic, run.Part, $"{options} options", "label prior of A", asked.Count(a => a.Count == options),
                    prior[0])
                { Note = string.Join(" ", prior.Select((p, i) => $"{OptionLetters.At(i)} {p:F3}")) };
        }

        int Column(List<OrderedAnswer> asked, Func<OrderedAnswer, double> value)
        {
            var values = new double[data.Rows.Length];
            Array.Fill(values, double.NaN);
            foreach (var answer in asked)
                values[places[answer.SourceRow]] = value(answer);
            return columns.Add(values);
        }

        double Mean(OrderedAnswer answer, double[] probs)
        {
            var people = data.People.GetValueOrDefault(answer.SourceRow)?.Where(p => data.Countries[p.Key].National).Select(p => p.Value)
                .ToList();
            return people is { Count: > 0 } && data.Compared(answer.SourceRow, probs) is { } compared
                ? people.Average(p => 1 - Distance(compared, p)) : double.NaN;
        }
    }

    internal static double Distance(double[] p, double[] q) => Math.Sqrt(Math.Max(0, ScalarOracle.DivergenceBits(p, q)));
}
