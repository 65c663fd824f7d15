using LocalOpinions.Analysis.Sampling;
using LocalOpinions.Scoring.Simd.Effects;

namespace LocalOpinions.Analysis.Panels;

/// <summary>
/// A label prior for each number of options, estimated on a few percent of the questions (PriDe, arXiv 2309.03882), and what it costs
/// beside asking every question in all rotations.
/// </summary>
sealed class LabelPriors
{
    const double Share = 0.05;
    const int Fewest = 5;

    readonly Dictionary<int, double[]> _priors = [];
    readonly HashSet<int> _estimatedOn = [];

    /// <param name="answers">Questions asked in all rotations.</param>
    /// <param name="seed">Which of them the prior is estimated on: of each number of options 5 percent, but 5 or all.</param>
    public LabelPriors(IReadOnlyList<OrderedAnswer> answers, int seed)
    {
        var numbers = new SeededNumbers(seed);
        foreach (var group in answers.GroupBy(a => a.Count).OrderBy(g => g.Key))
        {
            var all = group.ToArray();
            numbers.Shuffle(all);
            var chosen = all.Take(Math.Max(Fewest, (int)Math.Ceiling(Share * all.Length))).ToList();
            var prior = new double[group.Key];
            LabelPrior.Mean([.. chosen.SelectMany(a => a.Prior())], group.Key, prior);
            _priors.Add(group.Key, prior);
            _estimatedOn.UnionWith(chosen.Select(a => a.SourceRow));
        }
        Prompts = answers.Sum(a => (long)(_estimatedOn.Contains(a.SourceRow) ? a.Count : 1));
        AllPrompts = answers.Sum(a => (long)a.Count);
    }

    public int EstimatedOn => _estimatedOn.Count;

    /// <summary>Prompts that the corrected answers need.</summary>
    public long Prompts { get; }

    /// <summary>Prompts that the full average needs.</summary>
    public long AllPrompts { get; }

    public IReadOnlyDictionary<int, double[]> Priors => _priors;

    /// <summary>The corrected answer by option; for a question that the prior was estimated on, the mean over its rotations.</summary>
    public double[] Corrected(OrderedAnswer answer) => _estimatedOn.Contains(answer.SourceRow) ? answer.Mean()
        : answer.Without(_priors[answer.Count]);
}
