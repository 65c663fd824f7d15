using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Store;

namespace LocalOpinions.Analysis.Panels;

/// <summary>One question's answers in several orders of its options. Order 0 is the survey's own.</summary>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="Options">Per order, the option at each position.</param>
/// <param name="LogProbs">Per order, by position: the labels' log-probabilities.</param>
/// <param name="Probs">Per order, by position: the labels' probabilities.</param>
public sealed record OrderedAnswer(int SourceRow, int[][] Options, double[][] LogProbs, double[][] Probs)
{
    /// <summary>Options of the question.</summary>
    public int Count => Options[0].Length;

    /// <summary>Whether the orders are all rotations.</summary>
    public bool IsCyclic => Options.Length == Count && Options.Select(o => o[0]).Distinct().Count() == Count
        && Options.All(o => o.Select((option, position) => (option - position + Count) % Count).Distinct().Count() == 1);

    /// <summary>An order's answer by option of the survey.</summary>
    /// <param name="order">From 0.</param>
    public double[] ByOption(int order) => Sorted(Options[order], Probs[order]);

    /// <summary>The mean over orders, by option of the survey.</summary>
    public double[] Mean()
    {
        var mean = new OrderMean();
        for (var order = 0; order < Options.Length; order++)
            mean.Add(Options[order], Probs[order]);
        return mean.Mean().ToArray();
    }

    /// <summary>How much the answer goes by the place of an option: see <see cref="PositionBias.OfQuestion"/>.</summary>
    /// <returns>Per position, -1 / K to 1 - 1 / K for K options; the first is the A-bias.</returns>
    public double[] Bias()
    {
        var bias = new double[Count];
        PositionBias.OfQuestion([.. Probs.SelectMany(p => p)], Count, bias);
        return bias;
    }

    /// <summary>The share of probability that changes options with the order: see <see cref="PositionBias.OrderSpread"/>.</summary>
    /// <returns>0 (the order does not matter) to 1.</returns>
    public double Spread() => PositionBias.OrderSpread([.. Enumerable.Range(0, Options.Length).SelectMany(ByOption)], Count);

    /// <summary>Whether it has a label prior: in all rotations each label has a probability above 0.</summary>
    public bool HasPrior => IsCyclic && Logarithms.All(double.IsFinite);

    /// <summary>The question's label prior: see <see cref="LabelPrior.OfQuestion"/>. It must have one.</summary>
    /// <returns>Per label, probabilities that sum to 1.</returns>
    public double[] Prior()
    {
        var prior = new double[Count];
        LabelPrior.OfQuestion([.. Logarithms], Count, prior);
        return prior;
    }

    // An import of shares has no other; what a rotation's logarithms differ from these by is one number, which does not matter.
    IEnumerable<double> Logarithms => LogProbs.Zip(Probs, (logs, shares) => logs.Length > 0 ? logs : [.. shares.Select(p => Math.Log(p))])
        .SelectMany(p => p);

    /// <summary>The answer in the survey's order with a prior divided out (<see cref="LabelPrior.DivideOut"/>), by option.</summary>
    /// <param name="prior">Per label, each positive.</param>
    public double[] Without(double[] prior)
    {
        var corrected = new double[Count];
        LabelPrior.DivideOut(Probs[0], prior, corrected);
        return Sorted(Options[0], corrected);
    }

    /// <summary>A run's answers by rising source row; none where it has no answers.</summary>
    public static IReadOnlyList<OrderedAnswer> Read(ResultsFile results, int runId) =>
        [.. results.Stream<StoredAnswer>(
            "SELECT source_row, options, log_probs, probs FROM answers WHERE run_id = ? ORDER BY source_row, order_index", runId)
            .GroupBy(a => a.SourceRow).Select(g => new OrderedAnswer(
                g.Key, [.. g.Select(a => a.Options)], [.. g.Select(a => a.LogProbs)], [.. g.Select(a => a.Probs)]))];

    static double[] Sorted(int[] options, double[] byPosition)
    {
        var sorted = new double[options.Length];
        for (var position = 0; position < options.Length; position++)
            sorted[options[position]] = byPosition[position];
        return sorted;
    }

    sealed record StoredAnswer(int SourceRow, int[] Options, double[] LogProbs, double[] Probs);
}
