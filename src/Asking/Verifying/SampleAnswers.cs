using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Surveys;

namespace LocalOpinions.Asking.Verifying;

/// <summary>Compares ways of computing the same sample, down to the ranking of countries.</summary>
sealed class SampleAnswers(
    IReadOnlyList<PromptItem> asked, IReadOnlyList<Question> questions, int runs, IReadOnlyList<string> ranked)
{
    readonly Dictionary<int, Question> _questions = questions.ToDictionary(q => q.SourceRow);

    public WayComparison Compare(ComputedSample way, ComputedSample against)
    {
        var difference = new AnswerDifference();
        foreach (var (a, b) in way.Scores.Zip(against.Scores))
        {
            var item = asked[a.Key];
            var (here, there) = (ReadOptions.Of(item, a, null), ReadOptions.Of(item, b, null));
            var humans = _questions[item.SourceRow].Humans.Select(h => here.Options.Select(o => h.Probabilities[o]).ToArray()).ToList();
            difference.Add(here.LogProbabilities, here.Probabilities, there.LogProbabilities, there.Probabilities, humans);
        }

        double largest = 0;
        long swaps = 0, pairs = 0;
        for (var run = 0; run < runs; run++)
        {
            var (here, there) = (CountryMeans(way, run), CountryMeans(against, run));
            for (var i = 0; i < ranked.Count; i++)
            {
                largest = Math.Max(largest, Math.Abs(here[i] - there[i]));
                for (var j = 0; j < i; j++, pairs++)
                    swaps += Math.Sign(here[i] - here[j]) != Math.Sign(there[i] - there[j]) ? 1 : 0;
            }
        }
        return new()
        {
            Way = way.Way,
            Against = against.Way,
            PlanSha256 = way.PlanSha256,
            MeanProbability = difference.Probability.Mean,
            LargestProbability = difference.Probability.Largest,
            MeanLogProbability = difference.LogProbability.Mean,
            LargestLogProbability = difference.LogProbability.Largest,
            MeanSimilarity = difference.Similarity.Mean,
            LargestSimilarity = difference.Similarity.Largest,
            LargestCountryDifference = largest,
            Swaps = swaps,
            Pairs = pairs,
            SameOrder = swaps == 0,
        };
    }

    /// <summary>Neighbours in the ranking that lie closer than a given difference.</summary>
    public IReadOnlyList<string> CloserThan(double noise, ComputedSample sample)
    {
        List<string> close = [];
        for (var run = 0; run < runs; run++)
        {
            var ranking = CountryMeans(sample, run).Zip(ranked, (Mean, Country) => (Mean, Country)).OrderByDescending(c => c.Mean).ToList();
            close.AddRange(ranking.Zip(ranking.Skip(1)).Where(p => p.First.Mean - p.Second.Mean < noise)
                .Select(p => $"{p.First.Country} and {p.Second.Country}"));
        }
        return [.. close.Distinct()];
    }

    /// <summary>
    /// Mean similarity per ranked country: of each question the mean distribution over its orders, as the results file has it.
    /// </summary>
    double[] CountryMeans(ComputedSample sample, int run)
    {
        var sums = new double[ranked.Count];
        var counts = new int[ranked.Count];
        var index = ranked.Select((c, i) => (c, i)).ToDictionary(c => c.c, c => c.i);
        foreach (var orders in sample.Scores.Where(s => asked[s.Key].Template == run).GroupBy(s => asked[s.Key].SourceRow))
        {
            var question = _questions[orders.Key];
            var mean = new OrderMean();
            foreach (var score in orders)
            {
                var read = ReadOptions.Of(asked[score.Key], score, null);
                mean.Add(read.Options, read.Probabilities);
            }
            var similarities = AnswerDifference.Similarities(mean.Mean(), [.. question.Humans.Select(h => h.Probabilities.ToArray())]);
            for (var i = 0; i < similarities.Length; i++)
            {
                if (index.TryGetValue(question.Humans[i].Country, out var country))
                {
                    sums[country] += similarities[i];
                    counts[country]++;
                }
            }
        }
        return [.. sums.Zip(counts, (s, n) => n > 0 ? s / n : 0)];
    }
}
