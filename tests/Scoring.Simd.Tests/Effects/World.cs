using LocalOpinions.Scoring.Simd.Resampling;

namespace LocalOpinions.Scoring.Simd.Tests.Effects;

/// <summary>A made-up survey whose countries differ, and a made-up model that moves toward a named country by a known amount.</summary>
sealed class World
{
    public const int Countries = 6;

    readonly Random _random;

    public World(int seed, int families)
    {
        _random = new Random(seed);
        List<int> familyOf = [];
        for (var family = 0; family < families; family++)
            for (var more = true; more; more = _random.Next(2) == 0)
                familyOf.Add(family);
        Families = [.. familyOf];
    }

    public int[] Families { get; }

    /// <summary>For each question and country, similarity under the default prompt and under each country's.</summary>
    /// <param name="movement">The share of the way from the default answer to the named country's people.</param>
    /// <param name="noise">How much the naming of any country changes the answer, in whatever direction.</param>
    /// <param name="alike">Whether all countries are equally far from the model on average.</param>
    public (double[] Standard, double[][] Named) Ask(double movement, double noise, bool alike)
    {
        var standard = new double[Families.Length * Countries];
        double[][] named = [.. Enumerable.Range(0, Countries).Select(_ => new double[standard.Length])];
        double[] familyOpinion = [];
        for (var question = 0; question < Families.Length; question++)
        {
            if (question == 0 || Families[question] != Families[question - 1])
                familyOpinion = Draw(6);
            var options = 2 + _random.Next(5);
            var opinion = familyOpinion[..options].Zip(Draw(options), (f, own) => f + 0.5 * own).ToArray();
            double[]?[] people = [.. Enumerable.Range(0, Countries).Select(c =>
                _random.Next(3) == 0 ? null : Answer(opinion, alike ? 0.7 : 0.2 + 0.3 * c))];
            var logits = opinion.Zip(Draw(options), (o, own) => 0.5 * o + own).ToArray();
            var model = Softmax(logits);
            Compare(model, people, standard, question);
            for (var c = 0; c < Countries; c++)
            {
                var other = Softmax([.. logits.Zip(Draw(options), (l, change) => l + noise * change)]);
                var moved = people[c] is { } target ? other.Zip(target, (m, t) => (1 - movement) * m + movement * t).ToArray() : other;
                Compare(moved, people, named[c], question);
            }
        }
        return (standard, named);
    }

    static void Compare(double[] model, double[]?[] people, double[] similarities, int question)
    {
        for (var c = 0; c < Countries; c++)
            similarities[question * Countries + c] = people[c] is { } humans
                ? Similarity.Bits(Math.Max(0, ScalarOracle.DivergenceBits(model, humans))) : double.NaN;
    }

    double[] Answer(double[] opinion, double distance) => Softmax([.. opinion.Zip(Draw(opinion.Length), (o, own) => o + distance * own)]);

    double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => Normal.Quantile(Math.Max(1e-12, _random.NextDouble())))];

    static double[] Softmax(double[] logits)
    {
        var exponentials = logits.Select(Math.Exp).ToArray();
        return [.. exponentials.Select(e => e / exponentials.Sum())];
    }
}
