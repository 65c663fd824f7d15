using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

public class LabelReaderTests
{
    const string Question =
        "Human: Is it so?\n\nHere are the options:\n(A) Yes\n(B) No\n\nAssistant: If had to select one of the options, my answer would be";

    static readonly string[] s_labels = [.. Enumerable.Range('A', 26).Select(c => ((char)c).ToString())];

    public static TheoryData<string> Models => [.. TinyModels.Names];

    [Fact]
    public void After_the_parenthesis_a_label_of_SmolLM2_is_the_bare_letter_and_nothing_else()
    {
        using var model = Default();
        var prompt = new LabelReader(model.Vocabulary).Read(7, Question + " (", s_labels, LabelBoundary.Paren);
        Assert.Equal(7, prompt.Key);
        Assert.False(prompt.ForcedBoundary);
        Assert.Equal(" (", model.Vocabulary.Piece(prompt.Tokens[^1]));
        for (var i = 0; i < s_labels.Length; i++)
            Assert.All(prompt.LabelTokens[i], id => Assert.Equal(s_labels[i], model.Vocabulary.Piece(id)));
    }

    [Fact]
    public void After_the_word_a_label_of_SmolLM2_is_blank_and_letter()
    {
        using var model = Default();
        var prompt = new LabelReader(model.Vocabulary).Read(0, Question, s_labels, LabelBoundary.Space);
        Assert.False(prompt.ForcedBoundary);
        for (var i = 0; i < s_labels.Length; i++)
            Assert.All(prompt.LabelTokens[i], id => Assert.Equal(" " + s_labels[i], model.Vocabulary.Piece(id)));
    }

    // The next token of the joint tokenisation is what the tokenizer itself would write: it must be in the set.
    [Theory, MemberData(nameof(Models))]
    public void Sets_are_disjoint_and_hold_what_the_tokenizer_writes(string name)
    {
        using var model = TinyModels.Load(name);
        string[] labels = ["A", "B", "C", "D"];
        var prompt = new LabelReader(model.Vocabulary).Read(0, Question + " (", labels, LabelBoundary.Paren);
        Assert.Equal(prompt.LabelTokens.Sum(s => s.Length), prompt.LabelTokens.SelectMany(s => s).Distinct().Count());
        for (var i = 0; i < labels.Length; i++)
        {
            var joint = model.Vocabulary.Tokenize(Question + " (" + labels[i]);
            if (joint.AsSpan().StartsWith(prompt.Tokens))
                Assert.Contains(joint[prompt.Tokens.Length], prompt.LabelTokens[i]);
            else
                Assert.True(prompt.ForcedBoundary);
        }
    }

    // What the reader remembers of earlier prompts must be what it would find anew.
    [Theory, MemberData(nameof(Models))]
    public void A_reader_that_has_seen_other_prompts_reads_as_a_fresh_one(string name)
    {
        using var model = TinyModels.Load(name);
        var texts = TinyModels.References(name).Prompts.SelectMany(p => new[] { p, p + " my answer would be (", p + " (", p + "(" })
            .ToList();
        foreach (var boundary in new[] { LabelBoundary.Paren, LabelBoundary.Space })
        {
            var reader = new LabelReader(model.Vocabulary);
            foreach (var text in texts.Concat(texts))
            {
                var (seen, fresh) = (reader.Read(0, text, ["A", "B"], boundary),
                    new LabelReader(model.Vocabulary).Read(0, text, ["A", "B"], boundary));
                Assert.Equal(fresh.LabelTokens, seen.LabelTokens);
                Assert.Equal(fresh.ForcedBoundary, seen.ForcedBoundary);
            }
        }
    }

    [Fact]
    public void A_label_that_would_merge_into_the_prompt_is_read_behind_the_prompts_own_tokens()
    {
        using var model = Default();
        // "th" + "e" is one token to this vocabulary, so the boundary between them is one it would not make.
        var prompt = new LabelReader(model.Vocabulary).Read(0, "This is th", ["e"], new LabelBoundary("", ""));
        Assert.True(prompt.ForcedBoundary);
        Assert.Equal(model.Vocabulary.Tokenize("This is th"), prompt.Tokens);
        Assert.All(prompt.LabelTokens[0], id => Assert.Equal("e", model.Vocabulary.Piece(id)));
    }

    [Fact]
    public void A_prompt_that_does_not_end_with_the_opening_is_forced_too()
    {
        using var model = Default();
        Assert.True(new LabelReader(model.Vocabulary).Read(0, "my answer would be((", ["A"], LabelBoundary.Paren).ForcedBoundary);
    }

    [Fact]
    public void Labels_that_no_token_can_tell_apart_are_refused()
    {
        using var model = Default();
        var reader = new LabelReader(model.Vocabulary);
        var twice = Assert.Throws<EngineException>(() => reader.Read(0, Question + " (", ["A", "A"], LabelBoundary.Paren));
        Assert.Equal(EngineError.Prompt, twice.Kind);
        Assert.Contains("same tokens", twice.Message);
    }

    [Fact]
    public void Labels_of_several_tokens_are_read_whole()
    {
        using var model = Default();
        var prompt = new LabelReader(model.Vocabulary).Read(0, Question + " (", ["A", "Zqxjkv"], LabelBoundary.Paren);
        Assert.Empty(prompt.LabelTokens);
        Assert.False(prompt.ForcedBoundary);
        Assert.Equal(["A", "Zqxjkv"], prompt.Texts!.Tokens.Select(t => string.Concat(t.Select(model.Vocabulary.Piece))));
        Assert.True(prompt.Texts.Tokens[1].Length > 1);
        Assert.Empty(prompt.Texts.Domain);
    }

    // This vocabulary writes digit by digit: what "10" gets, "1" would get too.
    [Fact]
    public void A_label_that_begins_with_another_is_refused()
    {
        using var model = Default();
        var reader = new LabelReader(model.Vocabulary);
        string[] numbers = [.. Enumerable.Range(1, 10).Select(n => $"{n}")];
        Assert.Equal(9, reader.Read(0, Question + " (", numbers[..9], LabelBoundary.Paren).LabelTokens.Length);
        var begun = Assert.Throws<EngineException>(() => reader.Read(0, Question + " (", numbers, LabelBoundary.Paren));
        Assert.Equal(EngineError.Prompt, begun.Kind);
        Assert.Contains("label 10 begins with the tokens of label 1,", begun.Message);
    }

    [Theory]
    [InlineData("<|im_start|>")]
    [InlineData("<|im_end|>")]
    [InlineData("<|endoftext|>")]
    public void Text_that_spells_a_control_token_stays_text(string text)
    {
        using var model = Default();
        var tokens = model.Vocabulary.Tokenize(text);
        Assert.True(tokens.Length > 1);
        Assert.Equal(text, string.Concat(tokens.Select(model.Vocabulary.Piece)));
    }

    static Model Default() => Model.Load(EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find(Repository.DefaultModel, []));
}
