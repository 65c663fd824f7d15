using System.Runtime.InteropServices;

namespace LocalOpinions.Packaging.Tests;

/// <summary>The one platform whose packages are run here.</summary>
static class Linux
{
    public const string Rid = "linux-x64";

    public static void Require() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64,
        "the programs that are run are those for Linux x64");
}
