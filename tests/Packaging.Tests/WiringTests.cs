using System.Text.Json;

namespace LocalOpinions.Packaging.Tests;

/// <summary>What the build's options choose, as far as MSBuild can tell without restoring anything.</summary>
public sealed class WiringTests : IDisposable
{
    const string Properties = "Natives;NativeRid;NativeGpuFolder;PackageId;ToolPlatforms";

    readonly Place _place = new();

    public void Dispose() => _place.Dispose();

    /// <summary>That package was never restored by these tests: it is referred to rightly, and more is not known.</summary>
    [Theory]
    [InlineData("linux-x64")]
    [InlineData("win-x64")]
    public void Cuda12_takes_both_of_LLamaSharps_packages_and_none_of_their_own_build_files(string rid)
    {
        var build = Evaluate("-p:Gpu=cuda12", $"-p:RuntimeIdentifier={rid}");
        Assert.Equal(("llamasharp", rid), (Property(build, "Natives"), Property(build, "NativeRid")));
        Assert.Equal("cuda", Property(build, "NativeGpuFolder"));
        Assert.Equal(("LocalOpinions.cuda12", "linux-x64;win-x64"), (Property(build, "PackageId"), Property(build, "ToolPlatforms")));
        var backends = Backends(build);
        Assert.Equal(["LLamaSharp.Backend.Cpu", "LLamaSharp.Backend.Cuda12"], backends.Keys.Order());
        Assert.All(backends.Values, b => Assert.Equal("all", b.GetProperty("ExcludeAssets").GetString()));
        Assert.All(backends.Values, b => Assert.Equal("true", b.GetProperty("GeneratePathProperty").GetString()));
    }

    [Theory]
    [InlineData("linux-x64", "", "")]
    [InlineData("linux-x64", "-p:Gpu=cuda", "cuda")]
    [InlineData("linux-x64", "-p:Gpu=vulkan", "vulkan")]
    public void The_tuned_builds_need_no_package_of_LLamaSharps(string rid, string option, string folder)
    {
        Linux.Require();
        var build = Evaluate([$"-p:RuntimeIdentifier={rid}", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(("node", folder), (Property(build, "Natives"), Property(build, "NativeGpuFolder")));
        Assert.Empty(Backends(build));
    }

    [Theory]
    [InlineData("linux-x64", "-p:Natives=llamasharp")]
    [InlineData("linux-arm64", "")]
    [InlineData("osx-arm64", "")]
    [InlineData("win-arm64", "")]
    public void Elsewhere_and_on_request_they_come_from_LLamaSharp(string rid, string option)
    {
        var build = Evaluate([$"-p:RuntimeIdentifier={rid}", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal("llamasharp", Property(build, "Natives"));
        Assert.Equal(["LLamaSharp.Backend.Cpu"], Backends(build).Keys);
    }

    [Theory]
    [InlineData("LO0001", "node (Linux x64 only) or -p:Natives=llamasharp", "-p:Natives=other")]
    [InlineData("LO0001", "for Linux x64 only", "-p:Natives=node", "-p:RuntimeIdentifier=win-x64")]
    [InlineData("LO0002", "-p:Gpu=cuda, cuda12 or vulkan", "-p:Gpu=other")]
    [InlineData("LO0002", "which are for Linux x64 only", "-p:Gpu=vulkan", "-p:RuntimeIdentifier=win-x64")]
    [InlineData("LO0002", "Leave out -p:Natives, or use -p:Gpu=cuda", "-p:Gpu=cuda12", "-p:Natives=node", "-p:RuntimeIdentifier=linux-x64")]
    public void What_is_not_known_is_an_error_with_the_choices(string code, string choices, params string[] options)
    {
        Linux.Require();
        var ended = _place.Evaluate(["-t:RestoreLlama", .. options]).EndedWith(1);
        Assert.Contains($"error {code}: ", ended.Output);
        Assert.Contains(choices, ended.Output);
    }

    [Fact]
    public void A_model_is_published_on_request_and_never_packed()
    {
        Assert.Empty(Models("-p:RuntimeIdentifier=linux-x64"));
        Assert.Empty(Models("-p:WithModel=true", "-p:_IsPacking=true"));
        Assert.Equal(
            ["README.md", "SmolLM2-135M-Instruct.LICENSE.txt", "SmolLM2-135M-Instruct.Q4_1.gguf"],
            Models("-p:WithModel=true").Order(StringComparer.Ordinal));

        IEnumerable<string> Models(params string[] options) => Evaluate(options).GetProperty("Items").GetProperty("None").EnumerateArray()
            .Where(n => n.TryGetProperty("Link", out var link) && Path.GetDirectoryName(link.GetString()) == "models")
            .Select(n => $"{n.GetProperty("Filename").GetString()}{n.GetProperty("Extension").GetString()}");
    }

    JsonElement Evaluate(params string[] options) =>
        _place.Evaluate(["-getItem:PackageReference;None", $"-getProperty:{Properties}", .. options]).Succeeded().Json;

    static string? Property(JsonElement build, string name) => build.GetProperty("Properties").GetProperty(name).GetString();

    static Dictionary<string, JsonElement> Backends(JsonElement build) =>
        build.GetProperty("Items").GetProperty("PackageReference").EnumerateArray()
            .Select(p => (Name: p.GetProperty("Identity").GetString()!, Item: p))
            .Where(p => p.Name.StartsWith("LLamaSharp.Backend.", StringComparison.Ordinal)).ToDictionary(p => p.Name, p => p.Item);
}
