using System.IO.Compression;
using System.Xml.Linq;

namespace LocalOpinions.Packaging.Tests;

/// <summary>What lies in the packages.</summary>
public sealed class PackageTests : IDisposable
{
    readonly Place _place = new();

    public void Dispose() => _place.Dispose();

    /// <summary>The packages of every platform: the only proof for those whose packages are never run here.</summary>
    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public void Every_platforms_package_has_its_own_libraries_and_no_others()
    {
        _place.Build("pack", "-o", _place.PathOf("packages")).Succeeded();
        var packages = Directory.GetFiles(_place.PathOf("packages")).Select(Path.GetFileName);
        Assert.Equal(PackageContent.Platforms.Select(rid => Name("." + rid)).Append(Name("")).Order(), packages.Order());
        Assert.All(PackageContent.Platforms, rid => PackageContent.Check(_place.PathOf("packages", Name("." + rid)), rid));

        using var pointer = ZipFile.OpenRead(_place.PathOf("packages", Name("")));
        using var settings = pointer.GetEntry("tools/any/any/DotnetToolSettings.xml")!.Open();
        var named = XDocument.Load(settings).Descendants("RuntimeIdentifierPackage").Select(p => p.Attribute("RuntimeIdentifier")!.Value);
        Assert.Equal(PackageContent.Platforms.Order(), named.Order());
    }

    static string Name(string rid) => $"LocalOpinions{rid}.{Built.Version}.nupkg";
}
