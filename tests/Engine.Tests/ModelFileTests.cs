using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

public sealed class ModelFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("localopinions-models-").FullName;

    public ModelFileTests() => EngineRuntime.Start(DeviceKind.Cpu);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("tiny")]
    [InlineData("tiny.gguf")]
    [InlineData("TINY")]
    public void A_name_is_looked_up_in_the_folders(string name)
    {
        var path = Copy("tiny.gguf");
        Assert.Equal(path, ModelFile.Find(name, ["/nowhere", _folder]).Path);
    }

    [Fact]
    public void A_link_leads_to_the_model_and_its_size()
    {
        var link = Path.Combine(_folder, "link.gguf");
        File.CreateSymbolicLink(link, Repository.Fixture("tiny/qwen3-bpe.gguf"));
        var file = ModelFile.Find("link", [_folder]);
        Assert.Equal(885_664, file.Bytes);
        using var model = Model.Load(EngineRuntime.Start(DeviceKind.Cpu), file);
        Assert.Equal("qwen3", model.Header.Architecture);
    }

    [Fact]
    public void A_path_needs_no_folder() => Assert.Equal("tiny", ModelFile.Find(Copy("tiny.gguf"), []).Name);

    [Fact]
    public void What_is_not_there_is_said_with_what_is()
    {
        Copy("tiny.gguf");
        Assert.Contains("tiny", Missing(Path.Combine("nowhere", "x.gguf")).Message);
        Assert.Contains(ModelFile.FoldersVariable, Missing("other").Message);
        Assert.Contains("is a directory", Missing(_folder).Message);
        Assert.Contains("empty", Missing("").Message);
    }

    [Fact]
    public void A_split_model_is_one_model_whichever_part_is_named()
    {
        var parts = GgufFile.Read(Repository.Fixture("tiny/qwen3-bpe.gguf")).Split(Path.Combine(_folder, "qwen"), 3);
        Assert.Equal(parts, ModelFile.Find(parts[1], []).Parts);
        Assert.Equal(parts, ModelFile.Find("qwen", [_folder]).Parts);
        Assert.Equal("qwen", Assert.Single(ModelFile.List([_folder])).Name);
        File.Delete(parts[2]);
        Assert.Contains("missing", Missing(parts[0]).Message);
        Assert.Contains("missing", Missing("qwen").Message);
    }

    [Fact]
    public void A_split_model_answers_as_the_whole_one()
    {
        GgufFile.Read(Repository.Fixture("tiny/qwen3-bpe.gguf")).Split(Path.Combine(_folder, "qwen"), 3);
        using var whole = TinyModels.Load("qwen3-bpe");
        using var split = Model.Load(EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find("qwen", [_folder]));
        Assert.Equal(Logs(whole), Logs(split));

        static double[] Logs(Model model)
        {
            using var scorer = new PromptScorer(model, DecodePlan.OneByOne([new(0, [1, 2, 3, 4, 5], [], false)]), new(Arithmetic.Exact, 1));
            return scorer.AllLogProbabilities().Single().LogProbabilities;
        }
    }

    [Fact]
    public void A_model_that_wants_an_end_token_gets_none_behind_a_prompt()
    {
        File.WriteAllBytes(Path.Combine(_folder, "ends.gguf"),
            GgufFile.Read(Repository.Fixture("tiny/qwen3-bpe.gguf")).With("tokenizer.ggml.add_eos_token", true));
        using var ends = Model.Load(EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find("ends", [_folder]));
        using var plain = TinyModels.Load("qwen3-bpe");
        Assert.Equal(plain.Vocabulary.Tokenize("my answer would be ("), ends.Vocabulary.Tokenize("my answer would be ("));
    }

    [Fact]
    public void The_hash_is_that_of_the_bytes() =>
        Assert.Equal("b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
            ModelFile.Find(Repository.DefaultModel, []).ComputeSha256());

    [Fact]
    public void The_header_is_read_without_loading_weights()
    {
        var header = ModelHeader.Read(ModelFile.Find(Repository.DefaultModel, []));
        Assert.Equal(("llama", "Q4_1", 8192), (header.Architecture, header.Quantisation, header.ContextLength));
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused_with_the_reason()
    {
        Assert.Contains("is empty", Unusable([]).Message);
        Assert.Contains("not a GGUF", Unusable("PK\u0003\u0004 some zip"u8.ToArray()).Message);
        Assert.Contains("not a GGUF", Unusable("GG"u8.ToArray()).Message);
        Assert.Contains("it claims", Unusable([.. "GGUF"u8, 3, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 127, 1, 0, 0, 0, 0, 0, 0, 0])
            .Message);
    }

    [Fact]
    public void A_model_cut_anywhere_is_refused()
    {
        var whole = File.ReadAllBytes(Repository.Fixture("tiny/llama-spm.gguf"));
        var random = new Random(5);
        foreach (var length in Enumerable.Range(0, 40).Select(_ => random.Next(4, whole.Length)).Append(whole.Length - 1))
            Assert.Equal(EngineError.ModelUnusable, Unusable(whole[..length]).Kind);
    }

    [Fact]
    public void An_encoder_and_an_unknown_architecture_are_refused()
    {
        var llama = GgufFile.Read(Repository.Fixture("tiny/llama-spm.gguf"));
        Assert.Contains("encoder", Unusable(llama.With("general.architecture", "nomic-bert")).Message);
        Assert.Contains("cannot be loaded", Unusable(llama.With("general.architecture", "nonesuch")).Message);
    }

    EngineException Missing(string name)
    {
        var error = Assert.Throws<EngineException>(() => ModelFile.Find(name, [_folder]));
        Assert.Equal(EngineError.ModelNotFound, error.Kind);
        return error;
    }

    EngineException Unusable(byte[] bytes)
    {
        var path = Path.Combine(_folder, "broken.gguf");
        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<EngineException>(() => Model.Load(EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find(path, [])));
        Assert.Contains(path, error.Message);
        return error;
    }

    string Copy(string name)
    {
        var path = Path.Combine(_folder, name);
        File.Copy(Repository.Fixture("tiny/qwen3-bpe.gguf"), path, overwrite: true);
        return path;
    }
}
