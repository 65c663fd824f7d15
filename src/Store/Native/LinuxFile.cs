using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalOpinions.Store.Native;

/// <summary>
/// What kind of file a path is. .NET does not tell, and to open one in order to find out can wait for ever or drop DuckDB's lock.
/// </summary>
static unsafe partial class LinuxFile
{
    const int CurrentFolder = -100;
    const uint TypeWanted = 1;
    const int TypeMask = 0xf000;
    const int Regular = 0x8000;

    // struct statx is the same on every processor: 256 bytes, the mode at 28.
    const int StatxSize = 256;
    const int ModeOffset = 28;

    /// <summary>Whether the path, with links followed, is neither device, pipe nor socket; true where there is nothing.</summary>
    public static bool IsOrdinary(string path)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        // A link like /dev/stdout may lead to an ordinary file that a shell holds open.
        if (Path.Exists(path) && (path.StartsWith("/proc/", StringComparison.Ordinal) || path.StartsWith("/dev/", StringComparison.Ordinal)
            && !path.StartsWith("/dev/shm/", StringComparison.Ordinal)))
            return false;
        var buffer = stackalloc byte[StatxSize];
        return Statx(CurrentFolder, path, 0, TypeWanted, buffer) != 0 || (*(ushort*)(buffer + ModeOffset) & TypeMask) == Regular;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8),
        UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);
}
