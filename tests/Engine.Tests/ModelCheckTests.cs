using System.Runtime.InteropServices;
using LocalOpinions.Engine.Gguf;
using LocalOpinions.Engine.Llama;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

/// <summary>Files that are well-formed and yet no model for this program, each refused in words before llama.cpp sees it.</summary>
public sealed unsafe class ModelCheckTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("localopinions-check-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("clip", "projector")]
    [InlineData("bert", "encoder")]
    [InlineData("t5", "encoder")]
    [InlineData("t5encoder", "encoder")]
    [InlineData("llada", "diffusion")]
    [InlineData("eagle3", "speculative")]
    [InlineData("qwen3tts", "sound")]
    public void A_model_of_another_kind_is_refused_by_kind(string architecture, string reason) =>
        Refused(Llama().Set("general.architecture", architecture), reason);

    [Theory]
    [InlineData("mmproj", "projector")]
    [InlineData("adapter", "adapter")]
    [InlineData("imatrix", "statistics")]
    public void A_file_of_another_type_is_refused_by_type(string type, string reason) => Refused(Llama().Set("general.type", type), reason);

    [Theory]
    [InlineData("block_count", 0, "layers")]
    [InlineData("block_count", 513, "layers")]
    [InlineData("embedding_length", 0, "embeddings")]
    [InlineData("context_length", 0, "context")]
    [InlineData("expert_count", 513, "experts")]
    [InlineData("expert_used_count", 2, "experts")]
    [InlineData("attention.head_count_kv", 0, "heads")]
    [InlineData("attention.head_count_kv", 3, "heads")]
    [InlineData("attention.head_count", 4_000_000_000, "heads")]
    public void A_number_that_llama_cpp_asserts_on_is_refused(string key, uint value, string reason) =>
        Refused(Llama().Set("llama." + key, value), reason);

    [Theory]
    [InlineData("llama.feed_forward_length")]
    [InlineData("llama.attention.head_count_kv")]
    [InlineData("xielu.beta")]
    public void A_list_of_another_type_is_refused(string key) => Refused(Llama().Set(key, ["a", "b"]), $"{key} is a list of String");

    [Theory]
    [InlineData("tokenizer.ggml.token_type")]
    [InlineData("tokenizer.ggml.scores")]
    [InlineData("tokenizer.ggml.suppress_tokens")]
    public void What_must_be_a_list_and_is_none_is_refused(string key)
    {
        Refused(Llama().Set(key, 1), $"{key} is no list");
        Refused(Llama().Set(key, ["a", "b"]), $"{key} is a list of String");
    }

    [Fact]
    public void An_unknown_position_scaling_is_refused() => Refused(Llama().Set("llama.rope.scaling.type", "spiral"), "spiral");

    [Fact]
    public void A_vocabulary_with_two_equal_tokens_is_refused()
    {
        var tokens = Llama().Texts("tokenizer.ggml.tokens").ToArray();
        tokens[700] = tokens[600];
        Refused(Llama().Set("tokenizer.ggml.tokens", tokens), "tokens 600 and 700 are the same");
        tokens[600] = tokens[700] = "";
        Load(Llama().Set("tokenizer.ggml.tokens", tokens)).Dispose();
    }

    [Fact]
    public void A_byte_token_that_is_none_is_refused()
    {
        var tokens = Llama().Texts("tokenizer.ggml.tokens").ToArray();
        var at = Array.IndexOf(tokens, "<0x41>");
        tokens[at] = "ab";
        Refused(Llama().Set("tokenizer.ggml.tokens", tokens), $"token {at} should stand for a byte");
    }

    [Fact]
    public void A_vocabulary_that_is_missing_or_short_is_refused()
    {
        Refused(Llama().Remove("tokenizer.ggml.tokens"), "no vocabulary");
        Refused(Llama().Set("tokenizer.ggml.model", "no_vocab"), "no vocabulary");
        Refused(Llama().Set("tokenizer.ggml.token_type", Enumerable.Repeat(1, 1000).ToArray()), "the types of 1,000");
    }

    [Fact]
    public void A_start_token_that_is_wanted_and_not_there_is_refused()
    {
        var file = GgufFile.Read(Repository.Fixture("tiny/qwen3-bpe.gguf")).Remove("tokenizer.ggml.add_bos_token")
            .Set("tokenizer.ggml.bos_token_id", uint.MaxValue);
        // Without one of its own a BPE vocabulary has token 11; a vocabulary that lacks it has none at all.
        var path = Path.Combine(_folder, "bos.gguf");
        File.WriteAllBytes(path, file.With("tokenizer.ggml.add_bos_token", true));
        using var model = Model.Load(EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find(path, []));
        Assert.Equal(11, model.Vocabulary.Tokenize("a")[0]);
    }

    [Fact]
    public void A_character_that_a_vocabulary_cannot_write_is_an_error_of_the_prompt()
    {
        var tokens = Llama().Texts("tokenizer.ggml.tokens").ToArray();
        var at = Array.IndexOf(tokens, "<0xE2>");
        tokens[at] = "no byte";
        var types = Enumerable.Repeat(1, tokens.Length)
            .Select((t, i) => i == 0 ? 2 : i is 1 or 2 ? 3 : tokens[i].StartsWith("<0x", StringComparison.Ordinal) ? 6 : t).ToArray();
        using var model = Load(Llama().Set("tokenizer.ggml.tokens", tokens).Set("tokenizer.ggml.token_type", types));
        Assert.NotEmpty(model.Vocabulary.Tokenize("Plain words (A) \u00e9"));
        var error = Assert.Throws<EngineException>(() => model.Vocabulary.Tokenize("a snowman \u2603"));
        Assert.Equal(EngineError.Prompt, error.Kind);
        Assert.Contains("U+2603", error.Message);
    }

    [Fact]
    public void Parts_that_were_renamed_are_refused()
    {
        var parts = GgufFile.Read(Repository.Fixture("tiny/qwen3-bpe.gguf")).Split(Path.Combine(_folder, "qwen"), 3);
        (string First, string Second) names = (parts[1], parts[2]);
        File.Move(names.First, names.First + ".tmp");
        File.Move(names.Second, names.First);
        File.Move(names.First + ".tmp", names.Second);
        Assert.Contains("part 2, and its content part 3", Error(parts[0]));
        File.Move(parts[0], Path.Combine(_folder, "alone.gguf"));
        Assert.Contains("one of 3 parts", Error(Path.Combine(_folder, "alone.gguf")));
        // A first part that stands for all: its name leads to itself.
        foreach (var i in new[] { 1, 2, 3 })
            File.Copy(Path.Combine(_folder, "alone.gguf"), Path.Combine(_folder, $"circle-0000{i}-of-00003.gguf"));
        Assert.Contains("part 2, and its content part 1", Error(Path.Combine(_folder, "circle-00001-of-00003.gguf")));
    }

    [Fact]
    public void Types_and_formats_are_those_of_the_library()
    {
        EngineRuntime.Start(DeviceKind.Cpu);
        var ggml = NativeLibrary.Load(LlamaFiles.Find("cpu").GgmlBase);
        var blockSize = (delegate* unmanaged[Cdecl]<int, long>)NativeLibrary.GetExport(ggml, "ggml_blck_size");
        var typeName = (delegate* unmanaged[Cdecl]<int, nint>)LlamaLibrary.Export("llama_ftype_name");
        var typeSize = (delegate* unmanaged[Cdecl]<int, nuint>)NativeLibrary.GetExport(ggml, "ggml_type_size");
        for (var type = 0; type < 43; type++)
            Assert.Equal(((int)blockSize(type), (int)typeSize(type)), TensorTypes.Block(type) ?? (0, 0));
        Assert.Null(TensorTypes.Block(43));
        for (var type = 0; type < 60; type++)
        {
            // LLamaSharp's llama_ftype_name frees what is not its own.
            var name = Marshal.PtrToStringUTF8(typeName(type))!;
            Assert.Equal(name.StartsWith("unknown", StringComparison.Ordinal) ? "unknown" : name, FileTypes.Name(type));
        }
    }

    [Fact]
    public void A_header_is_described_without_the_library()
    {
        var header = ModelHeader.Read(ModelFile.Find(Repository.DefaultModel, []));
        // 30 layers x 3 key heads x (64 + 64).
        Assert.Equal((30, 30 * 3 * 128, 49_152), (header.Layers, header.CacheValuesPerToken, header.VocabularySize));
        Assert.Contains("<|im_start|>", header.ChatTemplate);
    }

    static GgufFile Llama() => GgufFile.Read(Repository.Fixture("tiny/llama-spm.gguf"));

    Model Load(GgufFile file) => Model.Load(EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find(Write(file), []));

    void Refused(GgufFile file, string reason) => Assert.Contains(reason, Error(Write(file)));

    static string Error(string path)
    {
        var error = Assert.Throws<EngineException>(() => ModelHeader.Read(ModelFile.Find(path, [])));
        Assert.Equal(EngineError.ModelUnusable, error.Kind);
        return error.Message;
    }

    string Write(GgufFile file)
    {
        var path = Path.Combine(_folder, "model.gguf");
        File.WriteAllBytes(path, file.Bytes());
        return path;
    }
}
