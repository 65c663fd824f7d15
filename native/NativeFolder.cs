using System.Runtime.InteropServices;

namespace LocalOpinions.Native;

/// <summary>Where native libraries are looked for.</summary>
/// <remarks>Compiled into Engine and into Store: neither may know the other, and both look alike.</remarks>
static class NativeFolder
{
    /// <summary>Names a folder of one's own that holds the libraries, flat; it is then the only place looked at.</summary>
    public const string Variable = "LOCALOPINIONS_NATIVE";

    /// <summary>The folder of the user's own; null where none is named.</summary>
    public static string? Own => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } own ? Path.GetFullPath(own) : null;

    /// <summary>This platform, as "linux-x64" or "osx-arm64".</summary>
    public static string PortableRid
    {
        get
        {
            var os = OperatingSystem.IsWindows() ? "win"
                : OperatingSystem.IsMacOS() ? "osx"
                : OperatingSystem.IsLinux() ? "linux" : "unknown";
            return $"{os}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }
}
