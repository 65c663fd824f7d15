using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

/// <summary>Models of random weights, made when a test asks for them, whose memory or layers are of a kind that no fixture has.</summary>
/// <remarks>
/// Each is named after its architecture and the fixture whose tokenizer it takes. They test the engine against itself: nobody else has
/// computed them.
/// </remarks>
static class RandomModels
{
    static readonly Dictionary<string, (string Tokenizer, Action<RandomModel> Describe)> s_models = new()
    {
        ["qwen3moe-bpe"] = ("qwen3-bpe", Experts.Describe),
        ["mamba-spm"] = ("llama-spm", Mamba.Describe),
        ["rwkv7-bpe"] = ("qwen3-bpe", Rwkv7.Describe),
    };

    public static string[] Names => [.. s_models.Keys];

    /// <summary>The fixture whose tokenizer, and so whose prompts, a model shares.</summary>
    public static string Tokenizer(string name) => s_models[name].Tokenizer;

    /// <summary>Writes a model, the same bytes each time, and returns its path.</summary>
    public static string Write(string name, string folder)
    {
        var (tokenizer, describe) = s_models[name];
        var file = GgufFile.Read(Repository.Fixture($"tiny/{tokenizer}.gguf")).KeepTokenizer();
        describe(new RandomModel(file, architecture: name[..name.IndexOf('-')]));
        var path = Path.Combine(folder, name + ".gguf");
        File.WriteAllBytes(path, file.Bytes());
        return path;
    }
}
