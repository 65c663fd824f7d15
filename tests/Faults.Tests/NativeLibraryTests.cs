using LocalOpinions.EndToEnd.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>LOCALOPINIONS_NATIVE points to something wrong: an error with the remedy, never a crash.</summary>
public sealed class NativeLibraryTests : IDisposable
{
    static readonly string s_restored = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");

    readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void An_empty_folder() => Demo().Failed(4, "libllama.b10361.so or libllama.so was not found", "LOCALOPINIONS_NATIVE");

    [Fact]
    public void A_file_that_is_no_library()
    {
        CopyCpu();
        File.WriteAllText(_cli.PathOf("libllama.b10361.so"), "not a library");
        Demo().Failed(4, "libllama.b10361.so", "could not be loaded");
    }

    // The loader maps a file that was cut short, and the process ends at the first touch of what is missing.
    [Theory]
    [InlineData("libllama.b10361.so")]
    [InlineData("libggml-base.so")]
    public void A_library_that_was_cut_short(string library)
    {
        CopyCpu();
        using (var file = File.OpenWrite(_cli.PathOf(library)))
            file.SetLength(file.Length / 2);
        Demo().Failed(4, library, "its end is missing");
    }

    [Fact]
    public void A_library_that_is_another_one()
    {
        CopyCpu();
        File.Copy(_cli.PathOf("libggml-base.so"), _cli.PathOf("libllama.b10361.so"), overwrite: true);
        Demo().Failed(4, "another version");
    }

    [Fact]
    public void No_DuckDB()
    {
        CopyCpu();
        Demo().Failed(4, "libduckdb.so", "was not found");
    }

    [Fact]
    public void No_cpu_backend()
    {
        CopyCpu();
        foreach (var backend in Directory.GetFiles(_cli.Folder, "libggml-cpu-*"))
            File.Delete(backend);
        Demo().Failed(4, "no CPU backend");
    }

    [Fact]
    public void A_gpu_backend_that_does_not_load_gives_the_loaders_own_reason()
    {
        CopyCpu();
        File.Copy(Path.Combine(s_restored, "libduckdb.so"), _cli.PathOf("libduckdb.so"));
        File.Copy(_cli.PathOf("libllama.b10361.so"), _cli.PathOf("libllama.cuda.b10361.so"));
        File.Copy(_cli.PathOf("libggml.b10361.so"), _cli.PathOf("libggml.cuda.b10361.so"));
        File.WriteAllText(_cli.PathOf("libggml-cuda.so"),
            "no library, although long enough for one: 0123456789012345678901234567890123456789");
        foreach (var device in new[] { "cuda", "cuda:1" })
            _cli.Run(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--device", device], Native())
                .Failed(4, "No cuda device was found", "libggml-cuda.so", "ELF");
        _cli.Run(["doctor", "--device", "cuda"], Native()).Failed(4);
        // What is asked for is the CPU, or whatever there is.
        foreach (var device in new[] { "auto", "cpu" })
            _cli.Run(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--device", device, "--limit", "3", "--threads", "1"],
                Native()).Succeeded();
        _cli.Run(["run", "--model", Cli.Tiny("llama-spm"), "--survey", "sample", "--device", "cpu:0"], Native()).Failed(2, "--device");
    }

    [Fact]
    public void Doctor_names_everything_that_is_missing()
    {
        var doctor = _cli.Run(["doctor"], Native());
        Assert.Equal(4, doctor.Code);
        Assert.Contains("libllama.b10361.so", doctor.Output);
        Assert.Contains("libduckdb.so", doctor.Output);
    }

    [Fact]
    public void A_complete_folder_of_ones_own_works()
    {
        CopyCpu();
        File.Copy(Path.Combine(s_restored, "libduckdb.so"), _cli.PathOf("libduckdb.so"));
        _cli.Run(["doctor"], Native()).Succeeded();
    }

    Ended Demo() => _cli.Run(["demo"], Native());

    Dictionary<string, string> Native() => new() { ["LOCALOPINIONS_NATIVE"] = _cli.Folder };

    void CopyCpu()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(s_restored, "cpu")))
            File.Copy(file, _cli.PathOf(Path.GetFileName(file)));
    }
}
