using LocalOpinions.Scoring.Simd.Effects;

namespace LocalOpinions.Analysis.Texts;

/// <summary>A word that sets one group's texts apart from the others'.</summary>
/// <param name="Group">The group.</param>
/// <param name="Word">The word, in lower case.</param>
/// <param name="Count">How often it stands in the group's texts.</param>
/// <param name="OthersCount">How often in all others'.</param>
/// <param name="Texts">In how many of the group's texts it stands.</param>
/// <param name="LogOdds">Its log-odds ratio, above 0.</param>
/// <param name="Z">The same by its standard deviation.</param>
public sealed record ContrastingWord(string Group, string Word, long Count, long OthersCount, int Texts, double LogOdds, double Z);

/// <summary>
/// Which words set each group's texts apart from all others' (<see cref="LogOdds"/>: Monroe, Colaresi and Quinn 2008). Words are counted;
/// what they mean, and whether they are stereotypes, is for people to judge.
/// </summary>
public static class WordContrast
{
    /// <summary>Pseudo-counts of the prior: as many as the words of some ten short answers.</summary>
    const double PriorSize = 500;

    /// <summary>Words seen less often in all are not listed: their odds are chance.</summary>
    public const int FewestCounts = 3;

    /// <summary>The customary bound of significance; not corrected for the number of words.</summary>
    public const double NotableZ = 1.96;

    /// <summary>Computes them.</summary>
    /// <param name="texts">Texts of two groups or more.</param>
    /// <param name="most">Words per group, at most.</param>
    /// <returns>Group by group, the words by falling <see cref="ContrastingWord.Z"/>; none for a single group.</returns>
    public static IEnumerable<ContrastingWord> Of(IReadOnlyList<(string Group, string Text)> texts, int most)
    {
        Dictionary<string, Dictionary<string, long>> counts = [];
        Dictionary<(string, string), int> inTexts = [];
        foreach (var (group, text) in texts)
        {
            if (!counts.TryGetValue(group, out var ofGroup))
                counts.Add(group, ofGroup = []);
            var words = Words.Of(text).ToList();
            foreach (var word in words)
                ofGroup[word] = ofGroup.GetValueOrDefault(word) + 1;
            foreach (var word in words.Distinct())
                inTexts[(group, word)] = inTexts.GetValueOrDefault((group, word)) + 1;
        }
        string[] all = [.. counts.Values.SelectMany(c => c.Keys).Distinct().Order(StringComparer.Ordinal)];
        long[] background = [.. all.Select(w => counts.Values.Sum(c => c.GetValueOrDefault(w)))];
        if (counts.Count < 2 || all.Length == 0)
            return [];
        var prior = new double[all.Length];
        LogOdds.Prior(background, PriorSize, prior);
        return counts.OrderBy(c => c.Key, StringComparer.Ordinal).SelectMany(c => Contrast(c.Key, c.Value));

        IEnumerable<ContrastingWord> Contrast(string group, Dictionary<string, long> own)
        {
            long[] first = [.. all.Select(w => own.GetValueOrDefault(w))];
            long[] second = [.. background.Zip(first, (b, f) => b - f)];
            double[] delta = new double[all.Length], z = new double[all.Length];
            LogOdds.WithPrior(first, second, prior, delta, z);
            return Enumerable.Range(0, all.Length).Where(w => background[w] >= FewestCounts && z[w] > 0).OrderByDescending(w => z[w])
                .Take(most)
                .Select(w => new ContrastingWord(group, all[w], first[w], second[w], inTexts.GetValueOrDefault((group, all[w])), delta[w],
                    z[w]));
        }
    }
}
