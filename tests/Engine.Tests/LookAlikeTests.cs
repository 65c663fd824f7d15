using System.Text;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

/// <summary>
/// Latin A and Cyrillic А look the same and are different tokens: in a Russian prompt the one must never be read for the other.
/// </summary>
public class LookAlikeTests
{
    const string Latin = "ABCEHKMOPTX", Cyrillic = "АВСЕНКМОРТХ";

    public static TheoryData<string> Models => [.. TinyModels.Names];

    [Theory, MemberData(nameof(Models))]
    public void Latin_labels_in_a_Russian_prompt_are_read_from_Latin_tokens_alone(string name)
    {
        using var model = TinyModels.Load(name);
        AssertApart(model);
    }

    [Fact]
    public void Also_by_the_real_model()
    {
        using var model = Model.Load(EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find(Repository.DefaultModel, []));
        AssertApart(model);
    }

    static void AssertApart(Model model)
    {
        Assert.All(Latin.Zip(Cyrillic), pair => Assert.True(pair.First < 128 && pair.Second is > 'Ͽ' and < 'Ԁ'));
        foreach (var (ending, boundary) in new[] { (" (", LabelBoundary.Paren), ("", LabelBoundary.Space) })
        {
            var reader = new LabelReader(model.Vocabulary);
            var latin = Read(reader, Latin, ending, boundary);
            var spelled = Spellings(latin);
            for (var i = 0; i < Latin.Length; i++)
                Assert.All(spelled[i], tokens => Assert.Equal(Latin[i].ToString(), Text(model, tokens).Trim()));
            // The prompt's own words are Cyrillic, so that a look-alike would be the likelier token.
            Assert.Contains("Варианты", Text(model, latin.Tokens));
            var lookAlikes = Spellings(Read(reader, Cyrillic, ending, boundary)).SelectMany(s => s)
                .Select(tokens => string.Join(' ', tokens));
            Assert.Empty(lookAlikes.Intersect(spelled.SelectMany(s => s).Select(tokens => string.Join(' ', tokens))));
        }
    }

    /// <summary>Each label's ways to be written: single tokens, or the tokens of its text where the vocabulary has no single one.</summary>
    static int[][][] Spellings(TokenizedPrompt prompt) => prompt.Texts is { } texts
        ? [.. texts.Tokens.Select(tokens => new[] { tokens })]
        : [.. prompt.LabelTokens.Select(ids => ids.Select(id => new[] { id }).ToArray())];

    static string Text(Model model, int[] tokens) => Encoding.UTF8.GetString([.. tokens.SelectMany(model.Vocabulary.Bytes)]);

    static TokenizedPrompt Read(LabelReader reader, string letters, string ending, LabelBoundary boundary)
    {
        var options = string.Concat(letters.Select(l => $"({l}) Да\n"));
        return reader.Read(0, $"Human: Так ли это?\n\nВарианты ответа:\n{options}\nAssistant: Из этих вариантов мой выбор{ending}",
            [.. letters.Select(l => l.ToString())], boundary);
    }
}
