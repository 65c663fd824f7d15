using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Generation;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

/// <summary>
/// A damaged weight may touch one prompt only: that one is told, and the others have the numbers that they have without it.
/// </summary>
public sealed class NoNumbersTests : IDisposable
{
    const string Spoiling = "zebra";

    // Several decodes; two prompts have the word.
    static readonly string[] s_prompts = [.. Enumerable.Range(0, 120).Select(i =>
        $"Human: Is a {(i % 100 == 4 ? Spoiling : "horse")} number {i} good, or would you rather have none of them?"
            + "\n\nAssistant: My answer would be")];

    readonly string _folder = Directory.CreateTempSubdirectory("localopinions-nan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_prompt_without_numbers_is_told_and_the_others_are_answered(bool exact, bool texts)
    {
        using var sound = TinyModels.Load("llama-spm");
        using var spoilt = Spoilt(sound.Vocabulary);
        var (expected, found, again) = (Score(sound, exact, texts), Score(spoilt, exact, texts), Score(spoilt, exact, texts));
        Assert.Equal(s_prompts.Length, found.Count);
        var same = 0;
        for (var i = 0; i < s_prompts.Length; i++)
        {
            if (s_prompts[i].Contains(Spoiling, StringComparison.Ordinal))
            {
                Assert.Contains("no numbers", found[i].Problem);
                Assert.Empty(found[i].Probabilities);
            }
            else
            {
                Assert.Null(found[i].Problem);
                Assert.Equal(again[i].LogProbabilities, found[i].LogProbabilities);
                // What was packed beside a spoilt prompt was asked again alone, which is other arithmetic.
                Assert.All(expected[i].LogProbabilities.Zip(found[i].LogProbabilities),
                    p => Assert.Equal(p.First, p.Second, exact ? 0 : 0.05));
                same += expected[i].LogProbabilities.SequenceEqual(found[i].LogProbabilities) ? 1 : 0;
            }
        }
        // Texts are read behind closing words alone too, which all prompts share.
        Assert.True(same >= (exact ? 118 : texts ? 0 : 40), $"{same} of 118 prompts have the same numbers");
    }

    [Fact]
    public void Texts_are_written_behind_the_others()
    {
        using var sound = TinyModels.Load("llama-spm");
        using var spoilt = Spoilt(sound.Vocabulary);
        var prompts = s_prompts.Take(6).Select((p, i) => new TokenizedPrompt(i, spoilt.Vocabulary.Tokenize(p), [], false)).ToList();
        var plan = GenerationPlan.Of(spoilt, prompts, new(new(), 4, 1, []), singly: false);
        using var scorer = new TextScorer(spoilt, plan, new(Arithmetic.Usual, TinyModels.Threads));
        var scores = scorer.Score().SelectMany(s => s).ToDictionary(s => s.Key);
        Assert.Contains("no numbers", scores[4].Problem);
        Assert.All(scores.Values.Where(s => s.Key != 4), s => Assert.NotEqual(Finish.Broken, Assert.Single(s.Written!.Texts).Finish));
    }

    // Where the embeddings are the output's too, one spoilt token has no number behind any prompt, and all others have one.
    [Fact]
    public void One_logit_that_is_no_number_is_enough_for_every_reading()
    {
        using var sound = TinyModels.Load("qwen3-bpe");
        var token = sound.Vocabulary.Tokenize(s_prompts[4]).Except(sound.Vocabulary.Tokenize(s_prompts[5])).Last();
        using var model = Spoilt(token, sound.Vocabulary.Size, "qwen3-bpe");
        var asked = s_prompts.Take(4).ToArray();
        var plan = GenerationPlan.Of(
            model, [.. asked.Select((p, i) => new TokenizedPrompt(i, model.Vocabulary.Tokenize(p), [], false))], new(new(), 4, 1, []),
            singly: false);
        using var writer = new TextScorer(model, plan, new(Arithmetic.Usual, TinyModels.Threads));
        using var numbers = new PromptScorer(model, DecodePlan.Packed([.. asked.Select((p, i) =>
            new SaidNumberReader(model.Vocabulary).Read(i, p, ["\nYes:", "\nNo:"]))], PlanShape.For(model)),
            new(Arithmetic.Usual, TinyModels.Threads));
        PromptScore[] scores = [.. writer.Score().SelectMany(s => s), .. numbers.Score().SelectMany(s => s),
            .. Score(model, false, false, asked).Values, .. Score(model, false, true, asked).Values];
        Assert.Equal(4 * asked.Length, scores.Length);
        Assert.All(scores, s => Assert.Contains("no numbers", s.Problem));
        Assert.All(scores, s => Assert.Null(s.Written));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(0, true)]
    public void What_all_prompts_share_is_told_as_damage_only_where_it_is(int spoilt, bool texts)
    {
        using var sound = TinyModels.Load("llama-spm");
        // Behind the start token everything; or the one prompt that holds the word, decoded with the closing words that all share.
        using var model = spoilt == 0 ? Spoilt(sound.Vocabulary.Tokenize("")[0], sound.Vocabulary.Size) : Spoilt(sound.Vocabulary);
        string[] many = [.. Enumerable.Range(0, 4).SelectMany(_ => s_prompts)];
        if (spoilt == 0)
            Assert.Contains("may be damaged", Assert.Throws<EngineException>(() => Score(model, false, texts, many)).Message);
        else
            Assert.Equal(many.Count(p => !p.Contains(Spoiling, StringComparison.Ordinal)),
                Score(model, false, texts, many).Values.Count(s => s.Problem is null));
    }

    // The last token of the word, which nothing else is written with.
    Model Spoilt(Vocabulary vocabulary)
    {
        int[] others = [.. s_prompts.Where(p => !p.Contains(Spoiling, StringComparison.Ordinal)).SelectMany(p => vocabulary.Tokenize(p))];
        var token = vocabulary.Tokenize(s_prompts[4]).Except(others).Last();
        return Spoilt(token, vocabulary.Size);
    }

    Model Spoilt(int token, int size, string name = "llama-spm")
    {
        var path = Path.Combine(_folder, "spoilt.gguf");
        var file = GgufFile.Read(Repository.Fixture($"tiny/{name}.gguf"));
        File.WriteAllBytes(path, file.SpoilRow("token_embd.weight", token, size).Bytes());
        return Model.Load(EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find(path, []));
    }

    static Dictionary<int, PromptScore> Score(Model model, bool exact, bool texts, string[]? asked = null)
    {
        var prompts = (asked ?? s_prompts).Select((p, i) => texts
            ? new OptionTextReader(model.Vocabulary).Read(i, p, ["Yes, good", "No, none"], "Assistant: My answer would be")
            : new LabelReader(model.Vocabulary).Read(i, p, ["A", "B"], LabelBoundary.Space)).ToList();
        var plan = exact ? DecodePlan.OneByOne(prompts) : DecodePlan.Packed(prompts, PlanShape.For(model));
        using var scorer = new PromptScorer(model, plan, new(exact ? Arithmetic.Exact : Arithmetic.Usual, TinyModels.Threads));
        return scorer.Score().SelectMany(s => s).ToDictionary(s => s.Key);
    }
}
