using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Effects;

namespace LocalOpinions.Analysis.Panels;

/// <summary>
/// Runs' similarities after their answers were brought to one mean entropy: what is left between two of them is not that one is more
/// certain than the other, which alone moves answers nearer to some countries than to others.
/// </summary>
public static class EqualSharpness
{
    /// <summary>Per run, its similarities.</summary>
    /// <remarks>
    /// Each run's answers are taken to the one power (<see cref="Sharpness"/>) that gives them, over the questions that all of these runs
    /// answered, the median of the runs' mean entropies.
    /// </remarks>
    /// <param name="data">The survey and its runs.</param>
    /// <param name="runIds">One run or more.</param>
    public static IReadOnlyList<SimilarityMatrix> Similarities(StudyData data, IReadOnlyList<int> runIds)
    {
        var answers = runIds.Select(data.Answers).ToList();
        int[] common = [.. data.Rows.Where(row => answers.TrueForAll(a => a.ContainsKey(row)) && answers[0][row].Length > 1)];
        double[][][] shared = [.. answers.Select(a => common.Select(row => a[row]).ToArray())];
        double[] entropies = [.. shared.Where(s => s.Length > 0).Select(Sharpness.MeanEntropy).Order()];
        var exponents = shared.Select(s => s.Length == 0 ? 1 : Sharpness.ExponentFor(s, entropies[entropies.Length / 2])).ToArray();
        List<SimilarityMatrix> tables = [.. runIds.Select(_ => new SimilarityMatrix(data.Rows.Length, data.Countries.Count))];
        for (var question = 0; question < data.Rows.Length; question++)
        {
            var row = data.Rows[question];
            if (!data.People.TryGetValue(row, out var people) || !DistributionBlock.CanHold(people.First().Value.Length))
                continue;
            var block = DistributionBlock.Create(people.First().Value.Length, people.Count);
            foreach (var answer in people.Values)
                block.Add(answer);
            var divergences = new double[people.Count];
            for (var run = 0; run < tables.Count; run++)
            {
                if (!answers[run].TryGetValue(row, out var answer))
                    continue;
                JensenShannon.OneToMany(Sharpness.Temper(answer, exponents[run]), block, divergences);
                foreach (var (country, divergence) in people.Keys.Zip(divergences))
                    tables[run][question, country] = Similarity.Bits(Math.Max(0, divergence));
            }
        }

        return tables;
    }
}
