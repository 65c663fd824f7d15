using System.Diagnostics;
using System.Text.Json;
using LocalOpinions.Tests;

namespace LocalOpinions.Packaging.Tests;

/// <summary>An empty folder, and programs run in it.</summary>
public sealed class Place : IDisposable
{
    // Names that MSBuild and the test platform leave to their children; a user's shell has none of them.
    static readonly string[] s_inherited =
        ["MSBUILD", "DOTNET_CLI_", "DOTNET_HOST_PATH", "TESTINGPLATFORM_", "LOCALOPINIONS_", "XDG_", "Configuration", "Platform"];

    static readonly string s_project = Path.Combine(Repository.Root, "src", "Runner");

    public string Folder { get; } = Directory.CreateTempSubdirectory("localopinions-packaging-").FullName;

    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Builds something of this checkout into this folder: the outputs of the normal build stay what they are.</summary>
    public Ended Build(string command, params string[] arguments) => Run(
        "dotnet",
        [command, s_project, $"-p:ArtifactsPath={PathOf("artifacts")}", "-nodeReuse:false", "-p:UseSharedCompilation=false", .. arguments],
        TimeSpan.FromMinutes(15));

    /// <summary>Asks MSBuild about the command's project; builds nothing.</summary>
    public Ended Evaluate(params string[] arguments) =>
        Run("dotnet", ["msbuild", s_project, "-nodeReuse:false", "-nologo", .. arguments], TimeSpan.FromMinutes(2));

    /// <param name="environment">What differs from this process's environment; null takes a variable away.</param>
    public Ended Run(string program, string[] arguments, TimeSpan? patience = null, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var inherited = start.Environment.Keys.Where(n => s_inherited.Any(i => n.StartsWith(i, StringComparison.OrdinalIgnoreCase)));
        foreach (var name in inherited.ToList())
            start.Environment.Remove(name);
        // Models of whoever runs the tests are not seen.
        start.Environment["XDG_DATA_HOME"] = PathOf("data");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = ChildProcess.Start(start);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(patience ?? TimeSpan.FromMinutes(3)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end.");
        }
        return new(process.ExitCode, output.Result, error.Result);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>What a finished program left.</summary>
public sealed record Ended(int Code, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public Ended Succeeded() => EndedWith(0);

    public Ended EndedWith(int code)
    {
        Assert.True(Code == code, $"exit code {Code}, expected {code}\n{Output}\n{Error}");
        return this;
    }
}
