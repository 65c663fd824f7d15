using System.Globalization;
using System.Text;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>A survey file of any size in the GlobalOpinionQA format, with 2 to 9 options and three countries.</summary>
static class MadeUpSurvey
{
    static readonly string[] s_countries = ["France", "Kenya", "Japan"];

    public static string Write(string path, int rows, int seed = 1)
    {
        var random = new Random(seed);
        var csv = new StringBuilder("question,selections,options,source\n");
        for (var row = 0; row < rows; row++)
        {
            var k = 2 + row % 8;
            var options = string.Join(", ", Enumerable.Range(0, k).Select(i => $"'Choice {row}-{i}'"));
            var humans = string.Join(", ", s_countries.Select(c => $"'{c}': [{Distribution(random, k)}]"));
            csv.Append(CultureInfo.InvariantCulture, $"\"Made-up question {row}: which of these {k} would you "
                + $"take?\",\"defaultdict(<class 'list'>, {{{humans}}})\",\"[{options}]\",GAS\n");
        }
        File.WriteAllText(path, csv.ToString());
        return path;
    }

    static string Distribution(Random random, int k)
    {
        var weights = Enumerable.Range(0, k).Select(_ => random.NextDouble() < 0.2 ? 0 : random.NextDouble()).ToArray();
        weights[random.Next(k)] += 0.1;
        return string.Join(", ", weights.Select(w => (w / weights.Sum()).ToString("R", CultureInfo.InvariantCulture)));
    }
}
