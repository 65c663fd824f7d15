using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Tests;

public class PythonLiteralFuzzTests
{
    // The seed is fixed, so a failure repeats; FsCheck shrinks it.
    static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20240229, 1234567);

    [Fact]
    public void Items_survive_repr_and_reading() =>
        Prop.ForAll(
            Texts().ArrayOf().ToArbitrary(),
            items => Assert.Equal(
                items.Select(i => new PythonItem(i, IsString: true)),
                PythonLiteral.ReadItems("[" + string.Join(", ", items.Select(Repr)) + "]")))
            .Check(Seeded);

    [Fact]
    public void Distributions_survive_repr_and_reading() =>
        Prop.ForAll(
            Pairs().ArrayOf().ToArbitrary(),
            pairs =>
            {
                var entries = pairs.Select(p => $"{Repr(p.Key)}: [{string.Join(", ", p.Values.Select(Repr))}]");
                var read = PythonLiteral.ReadDistributions($"defaultdict(<class 'list'>, {{{string.Join(", ", entries)}}})");
                Assert.Equal(pairs.Select(p => p.Key), read.Select(r => r.Key));
                Assert.Equal(pairs.SelectMany(p => p.Values), read.SelectMany(r => r.Value));
            })
            .Check(Seeded);

    [Fact]
    public void Damaged_literals_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(7);
        const string alphabet = "[]{}()'\"\\,: .0123456789eE+-xuUnNoneaif<>\n";
        const string whole = "defaultdict(<class 'list'>, {'S. Korea': [0.25, 1e-05], \"Côte d'Ivoire\": [nan, '\\u2019']})";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder(whole);
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                if (random.Next(2) == 0)
                    text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at));
                if (random.Next(2) == 0 || text.Length == 0)
                    text.Insert(Math.Min(at, text.Length), alphabet[random.Next(alphabet.Length)]);
            }
            var damaged = text.ToString();
            foreach (Action read in new Action[] { () => PythonLiteral.ReadDistributions(damaged), () => PythonLiteral.ReadItems(damaged) })
            {
                if (Record.Exception(read) is { } e)
                    Assert.InRange(Assert.IsType<PythonSyntaxException>(e).Position, 1, damaged.Length + 1);
            }
        }
    }

    static Gen<string> Texts() =>
        Gen.Elements("a", "B", "7", " ", "'", "\"", "\\", "\n", "\r", "\t", ",", "[", "]", "{", "}", "\u001b", "é", "’", "語", "😀", "\u00a0")
            .ListOf()
            .Select(string.Concat);

    static Gen<(string Key, double[] Values)> Pairs() =>
        Texts().Zip(Gen.Choose(0, int.MaxValue).Select(n => n / (double)int.MaxValue).ArrayOf());

    static string Repr(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>As CPython writes a str: single quotes unless only double quotes avoid escapes.</summary>
    static string Repr(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var repr = new StringBuilder().Append(quote);
        foreach (var rune in text.EnumerateRunes())
        {
            repr.Append(rune.Value switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\\' => "\\\\",
                var c when c == quote => $"\\{quote}",
                < 32 or 127 or 0xa0 => $"\\x{rune.Value:x2}",
                _ => rune.ToString(),
            });
        }
        return repr.Append(quote).ToString();
    }
}
