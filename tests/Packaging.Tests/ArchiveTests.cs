using LocalOpinions.Tests;

namespace LocalOpinions.Packaging.Tests;

/// <summary>The archive that brings .NET along, on a machine without .NET.</summary>
[Collection(BuiltCollection.Name)]
public sealed class ArchiveTests(Built built) : IDisposable
{
    readonly Place _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void It_is_one_folder_with_an_executable_and_without_a_model_or_symbols()
    {
        var folder = Path.GetDirectoryName(built.Program)!;
        Assert.Equal([folder], Directory.GetFileSystemEntries(Path.GetDirectoryName(folder)!));
        Assert.Equal(built.Program, _place.Run("find", [built.Program, "-perm", "-0111"]).Succeeded().Output.TrimEnd());
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Assert.Contains(Path.Combine(folder, "LICENSE"), files);
        Assert.Contains(Path.Combine(folder, "NOTICE.sample-survey.md"), files);
        Assert.DoesNotContain(files, f => Path.GetExtension(f) is ".gguf" or ".pdb" or ".xml");
        Assert.Equal([Path.Combine(folder, "runtimes", Linux.Rid)], Directory.GetDirectories(Path.Combine(folder, "runtimes")));
    }

    /// <summary>An empty .NET folder stops every program that needs one; without the variable the usual places are looked at.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("empty")]
    public void It_runs_where_there_is_no_dotnet(string? root)
    {
        Assert.StartsWith(Built.Version, Bare("--version"));
        Bare("doctor");
        Assert.Contains("24 questions, 24 answers", Bare("demo", "--threads", "1"));
        Bare("report", "demo.duckdb", "-o", "report.html");

        string Bare(params string[] arguments) => _place.Run(
            built.Program, arguments, null,
            ("PATH", "/nowhere"), ("DOTNET_ROOT_X64", null), ("DOTNET_ROOT", root is null ? null : _place.PathOf(root)),
            ("LOCALOPINIONS_MODELS", Path.GetDirectoryName(Repository.DefaultModel))).Succeeded().Output;
    }

    [Fact]
    public void Without_a_model_demo_ends_as_an_input_that_is_not_there() =>
        Assert.Contains("localopinions pull SmolLM2-135M-Instruct.Q4_1 ", _place.Run(built.Program, ["demo"]).EndedWith(3).Error);

    /// <summary>With the model beside the program nothing more is needed.</summary>
    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void With_its_model_it_needs_nothing_else()
    {
        _place.Build("publish", "-r", Linux.Rid, "--self-contained", "-p:WithModel=true", "-o", _place.PathOf("published")).Succeeded();
        Assert.True(File.Exists(_place.PathOf("published", "models", "SmolLM2-135M-Instruct.LICENSE.txt")));
        _place.Run(_place.PathOf("published", "localopinions"), ["demo", "--threads", "1"], null, ("PATH", "/nowhere")).Succeeded();
    }
}
