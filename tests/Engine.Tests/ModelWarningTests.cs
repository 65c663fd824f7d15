using LocalOpinions.Engine.Gguf;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

/// <summary>What is wrong with a model that can be asked all the same.</summary>
public sealed class ModelWarningTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("localopinions-warnings-").FullName;

    public static TheoryData<string> Models => [.. TinyModels.Names];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(Models))]
    public void A_sound_model_has_none(string name)
    {
        using var model = TinyModels.Load(name);
        Assert.Empty(model.Warnings);
        Assert.Empty(model.Header.Warnings);
    }

    [Fact]
    public void A_vocabulary_that_does_not_say_how_it_cuts_words_is_told_before_and_after_loading()
    {
        var path = Path.Combine(_folder, "m.gguf");
        File.WriteAllBytes(path, GgufFile.Read(Repository.Fixture("tiny/qwen3-bpe.gguf")).Remove("tokenizer.ggml.pre").Bytes());
        var file = ModelFile.Find(path, []);
        Assert.Contains("tokenizer.ggml.pre", Assert.Single(ModelHeader.Read(file).Warnings));
        using var model = Model.Load(EngineRuntime.Start(DeviceKind.Cpu), file);
        Assert.Equal(2, model.Warnings.Count);
        Assert.StartsWith("llama.cpp warns: missing pre-tokenizer type", model.Warnings[1]);
        Assert.Contains("GENERATION QUALITY WILL BE DEGRADED", model.Warnings[1]);
    }

    // What llama.cpp refuses while it loads a model is told from its header; and what is told of it is so.
    [Theory]
    [InlineData("no-such-way", "\"no-such-way\" (tokenizer.ggml.pre)")]
    [InlineData(null, "tokenizer.ggml.merges")]
    public void A_vocabulary_that_is_refused_is_told_before_loading(string? way, string told)
    {
        var path = Path.Combine(_folder, "m.gguf");
        var made = GgufFile.Read(Repository.Fixture("tiny/qwen3-bpe.gguf"));
        File.WriteAllBytes(path, (way is null ? made.Remove("tokenizer.ggml.merges") : made.Set("tokenizer.ggml.pre", way)).Bytes());
        var e = Assert.Throws<EngineException>(() => ModelHeader.Read(ModelFile.Find(path, [])));
        Assert.Equal(EngineError.ModelUnusable, e.Kind);
        Assert.Contains(told, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_way_to_cut_texts_that_is_known_here_is_known_to_llama()
    {
        var runtime = EngineRuntime.Start(DeviceKind.Cpu);
        foreach (var way in KnownTokenizers.WaysToCut)
        {
            var path = Path.Combine(_folder, "m.gguf");
            File.WriteAllBytes(
                path, GgufFile.Read(Repository.Fixture("tiny/qwen3-bpe.gguf")).Set("tokenizer.ggml.pre", way).Bytes());
            using var model = Model.Load(runtime, ModelFile.Find(path, []));
            Assert.True(model.Vocabulary.Size > 0, way);
        }
    }
}
