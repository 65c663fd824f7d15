using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Engine.Tests;

/// <summary>Numbers read behind options, against next-token probabilities of each beginning decoded by itself.</summary>
public sealed class SaidNumberTests
{
    static readonly string[] s_openings = ["\n(A) Yes:", "\n(B) No:", "\n(C) DK/Refused:"];

    public static TheoryData<string> Models => [.. TinyModels.Names];

    [Theory, MemberData(nameof(Models))]
    public void The_expectation_is_that_of_one_by_one_probabilities(string name)
    {
        using var model = TinyModels.Load(name);
        var reader = new SaidNumberReader(model.Vocabulary);
        TokenizedPrompt[] prompts = [reader.Read(0, "Human: Is it so?\n\nAssistant: Of the 100 people:", s_openings),
            reader.Read(1, "Human: Is it so in Brazil?\n\nAssistant: Of the 100 people:", s_openings[..2])];
        var exact = Scores(model, DecodePlan.OneByOne(prompts), Arithmetic.Exact);
        var packed = Scores(model, DecodePlan.Packed(prompts, new()), Arithmetic.Exact);
        foreach (var prompt in prompts)
        {
            var (shares, mass) = Oracle(model, prompt);
            var score = exact[prompt.Key];
            Assert.Equal(prompt.Texts!.Tokens.Length / (SaidNumberReader.Largest + 2), score.Probabilities.Length);
            Assert.Equal(1, score.Probabilities.Sum(), 1e-12);
            Assert.InRange(Math.Abs(mass - score.LabelMass), 0, 1e-6);
            for (var i = 0; i < shares.Length; i++)
            {
                Assert.InRange(Math.Abs(Math.Log(shares[i]) - score.LogProbabilities[i]), 0, 1e-6);
                Assert.InRange(Math.Abs(shares[i] / shares.Sum() - score.Probabilities[i]), 0, 1e-6);
                Assert.InRange(Math.Abs(packed[prompt.Key].Probabilities[i] - score.Probabilities[i]), 0, 0.05);
            }
        }
        Assert.Equal(Scores(model, DecodePlan.OneByOne([prompts[1]]), Arithmetic.Exact)[1].LogProbabilities, exact[1].LogProbabilities);
    }

    [Fact]
    public void A_numeral_holds_no_part_of_the_longer_ones_that_it_begins()
    {
        // One option behind the opening 7; 0 to 100 digit by digit, token 10 + d for each digit.
        int[][] numerals = [.. Enumerable.Range(0, 101).Select(n => n.ToString().Select(d => 10 + d - '0').ToArray())];
        var prompt = new TokenizedPrompt(0, [1], [], false)
        {
            Texts = new([[7], .. numerals.Select(n => (int[])[7, .. n])], new int[102], []) { Numbers = 101 },
        };
        var sums = new double[102];
        Array.Fill(sums, -1000.0);
        sums[0] = -2;
        // "3" half, of which "30" is 0.2; "1" half, all of it "10", of which "100" is 0.1: 3 has 0.3, 30 0.2, 10 0.4, 100 0.1.
        Set(3, 0.5);
        Set(30, 0.2);
        Set(1, 0.5);
        Set(10, 0.5);
        Set(100, 0.1);
        var score = SaidNumbers.Score(prompt, sums);
        Assert.Equal((0.3 * 3 + 0.2 * 30 + 0.4 * 10 + 0.1 * 100) / 100, Math.Exp(score.LogProbabilities[0]), 1e-12);
        Assert.Equal(1, score.LabelMass, 1e-12);

        void Set(int n, double probability) => sums[n + 1] = Math.Log(probability) - 2;
    }

    [Fact]
    public void The_same_words_twice_get_the_same_number_and_are_refused()
    {
        using var model = TinyModels.Load(TinyModels.Names[0]);
        var error = Assert.Throws<EngineException>(() => new SaidNumberReader(model.Vocabulary).Read(0, "Of 100:", ["\nYes:", "\nYes:"]));
        Assert.Equal(EngineError.Prompt, error.Kind);
    }

    static Dictionary<int, PromptScore> Scores(Model model, DecodePlan plan, Arithmetic arithmetic)
    {
        using var scorer = new PromptScorer(model, plan, new(arithmetic, TinyModels.Threads));
        return scorer.Score().SelectMany(s => s).ToDictionary(s => s.Key);
    }

    /// <summary>A number ends where no token follows that makes a longer one of the list of it.</summary>
    static (double[] Shares, double Mass) Oracle(Model model, TokenizedPrompt prompt)
    {
        var each = SaidNumberReader.Largest + 2;
        var texts = prompt.Texts!.Tokens;
        var options = texts.Length / each;
        var (shares, masses) = (new double[options], new double[options]);
        for (var option = 0; option < options; option++)
        {
            var opening = texts[option * each].Length;
            var numerals = texts[(option * each + 1)..((option + 1) * each)];
            Dictionary<string, double[]> after = [];
            var (all, weighted) = (0.0, 0.0);
            for (var n = 0; n < numerals.Length; n++)
            {
                var probability = 1.0;
                for (var at = opening; at < numerals[n].Length; at++)
                    probability *= After(numerals[n][..at])[numerals[n][at]];
                var longer = numerals.Where(m => m.Length > numerals[n].Length && m.AsSpan().StartsWith(numerals[n]))
                    .Select(m => m[numerals[n].Length]).Distinct().ToList();
                probability *= 1 - (longer.Count == 0 ? 0 : longer.Sum(next => After(numerals[n])[next]));
                (all, weighted) = (all + probability, weighted + n * probability);
            }
            (shares[option], masses[option]) = (weighted / all / 100, all);

            double[] After(int[] text)
            {
                var key = string.Join(' ', text);
                if (!after.TryGetValue(key, out var row))
                {
                    using var scorer = new PromptScorer(model, DecodePlan.OneByOne([new(0, [.. prompt.Tokens, .. text], [], false)]),
                        new(Arithmetic.Exact, TinyModels.Threads));
                    after.Add(key, row = [.. scorer.AllLogProbabilities().Single().LogProbabilities.Select(Math.Exp)]);
                }
                return row;
            }
        }
        return (shares, masses.Average());
    }
}
