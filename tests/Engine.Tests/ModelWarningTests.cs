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
}
