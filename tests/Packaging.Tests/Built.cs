namespace LocalOpinions.Packaging.Tests;

/// <summary>The command as a user gets it for this platform, made once for all tests of it; each part only if a test asks for it.</summary>
public sealed class Built : IDisposable
{
    public const string Version = "0.1.0";

    readonly Place _place = new();
    readonly Lazy<string> _package, _tools, _program;

    public Built()
    {
        Linux.Require();
        _package = new(Pack);
        _tools = new(Install);
        _program = new(Publish);
    }

    /// <summary>The package of this platform's files.</summary>
    public string Package => _package.Value;

    /// <summary>A folder that the command was installed into by "dotnet tool install", from its own packages alone.</summary>
    public string Tools => _tools.Value;

    /// <summary>The program from an unpacked archive that brings .NET along.</summary>
    public string Program => _program.Value;

    public void Dispose() => _place.Dispose();

    string Pack()
    {
        _place.Build("pack", $"-p:ToolPlatforms={Linux.Rid}", "-o", _place.PathOf("packages")).Succeeded();
        return _place.PathOf("packages", $"LocalOpinions.{Linux.Rid}.{Version}.nupkg");
    }

    string Install()
    {
        var source = Path.GetDirectoryName(Package);
        var (tools, config) = (_place.PathOf("tools"), _place.PathOf("nuget.config"));
        File.WriteAllText(config, $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{source}" /></packageSources>
            </configuration>
            """);
        _place.Run("dotnet", ["tool", "install", "LocalOpinions", "--tool-path", tools, "--configfile", config]).Succeeded();
        return tools;
    }

    string Publish()
    {
        _place.Build("publish", "-r", Linux.Rid, "--self-contained", "-p:Archive=true").Succeeded();
        var name = $"localopinions-{Version}-{Linux.Rid}";
        Directory.CreateDirectory(_place.PathOf("unpacked"));
        _place.Run("tar", ["-xzf", _place.PathOf("artifacts", "archives", name + ".tar.gz"), "-C", _place.PathOf("unpacked")]).Succeeded();
        return _place.PathOf("unpacked", name, "localopinions");
    }
}

/// <summary>Tests that share what is built.</summary>
[CollectionDefinition(Name)]
public sealed class BuiltCollection : ICollectionFixture<Built>
{
    public const string Name = "built";
}
