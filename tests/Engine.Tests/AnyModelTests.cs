using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

/// <summary>Properties that models have in any combination: start tokens and tied outputs, with either kind of vocabulary.</summary>
public sealed class AnyModelTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("localopinions-any-").FullName;

    public static TheoryData<string> Names => [.. TinyModels.Names];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(Names))]
    public void With_and_without_a_start_token_the_text_is_the_same(string name)
    {
        var bytes = Tiny(name).Remove("tokenizer.ggml.add_bos_token").Set("tokenizer.ggml.bos_token_id", 1);
        using var with = Load(bytes.With("tokenizer.ggml.add_bos_token", true));
        using var without = Load(bytes.With("tokenizer.ggml.add_bos_token", false));
        foreach (var text in TinyModels.References(name).Prompts)
        {
            var tokens = with.Vocabulary.Tokenize(text);
            Assert.Equal(1, tokens[0]);
            Assert.Equal(tokens[1..], without.Vocabulary.Tokenize(text));
        }
        var reader = new LabelReader(without.Vocabulary);
        var prompt = reader.Read(0, "Which is it? If I had to choose, my answer would be", ["A", "B"], LabelBoundary.Space);
        using var scorer = new PromptScorer(without, DecodePlan.OneByOne([prompt]), new(Arithmetic.Exact, TinyModels.Threads));
        Assert.Equal(1, Assert.Single(Assert.Single(scorer.Score())).Probabilities.Sum(), 9);
    }

    [Theory, MemberData(nameof(Names))]
    public void An_output_that_is_tied_to_the_embedding_is_that_of_an_equal_copy(string name)
    {
        using var copied = Load(Tiny(name).CopyTensor("token_embd.weight", "output.weight").Bytes());
        using var tied = Load(Tiny(name).CopyTensor("token_embd.weight", "output.weight").RemoveTensor("output.weight").Bytes());
        Assert.Equal(Logs(copied), Logs(tied));
    }

    [Fact]
    public void An_output_of_its_own_is_used()
    {
        using var tied = Load(Tiny("llama-spm").CopyTensor("token_embd.weight", "output.weight").Bytes());
        using var own = TinyModels.Load("llama-spm");
        Assert.NotEqual(Logs(tied), Logs(own));
    }

    static GgufFile Tiny(string name) => GgufFile.Read(Repository.Fixture($"tiny/{name}.gguf"));

    static double[] Logs(Model model)
    {
        using var scorer = new PromptScorer(model, DecodePlan.OneByOne([new(0, [5, 6, 7, 8, 9, 300, 400], [], false)]),
            new(Arithmetic.Exact, TinyModels.Threads));
        return scorer.AllLogProbabilities().Single().LogProbabilities;
    }

    Model Load(byte[] bytes)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.gguf");
        File.WriteAllBytes(path, bytes);
        return Model.Load(EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find(path, []));
    }
}
