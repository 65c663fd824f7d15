using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalOpinions.Common;

/// <summary>
/// What lies at a path, told without opening it: to open a pipe can wait for ever, a device can have no end, and to close a file again
/// drops the locks that this process has on it. .NET tells neither a file's kind nor which file it is.
/// </summary>
/// <remarks>Compiled into each room that opens files; these rooms may not know each other.</remarks>
static unsafe partial class FileStat
{
    const int CurrentFolder = -100;
    const uint Wanted = 0xb01;
    const int TypeMask = 0xf000, Regular = 0x8000, Folder = 0x4000;

    // struct statx is the same on every processor: 256 bytes.
    const int StatxSize = 256, Mode = 28, Inode = 32, Size = 40, BirthSeconds = 80, BirthNanoseconds = 88, DeviceMajor = 136,
        DeviceMinor = 140;

    /// <summary>What to say of a path that is not <see cref="IsOrdinary"/>.</summary>
    public const string NotOrdinary = "is a device or a pipe";

    /// <summary>Whether the path, with links followed, is neither device, pipe nor socket; true where there is nothing.</summary>
    public static bool IsOrdinary(string path)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        // A link like /dev/stdout may lead to an ordinary file that a shell holds open.
        if (Path.Exists(path) && Path.GetFullPath(path) is var full && (full.StartsWith("/proc/", StringComparison.Ordinal)
            || full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal)))
            return false;
        var buffer = stackalloc byte[StatxSize];
        return Statx(CurrentFolder, path, 0, Wanted, buffer) != 0
            || (*(ushort*)(buffer + Mode) & TypeMask) is Regular or Folder;
    }

    /// <summary>The bytes of the file at a path, links followed; 0 where there is none.</summary>
    public static long Length(string path)
    {
        if (!OperatingSystem.IsLinux())
            return (File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path)) is { Exists: true } file
                ? file.Length : 0;
        var buffer = stackalloc byte[StatxSize];
        return Statx(CurrentFolder, path, 0, Wanted, buffer) != 0 ? 0 : *(long*)(buffer + Size);
    }

    /// <summary>Which file lies at a path, links followed: the same for all its names, another for every other file.</summary>
    /// <returns>Null where there is none.</returns>
    public static string? Identity(string path)
    {
        if (!OperatingSystem.IsLinux())
            return File.Exists(path) ? $"{File.GetCreationTimeUtc(path).Ticks}" : null;
        var buffer = stackalloc byte[StatxSize];
        if (Statx(CurrentFolder, path, 0, Wanted, buffer) != 0)
            return null;
        // A number that a deleted file has left is given to another one.
        return $"{*(uint*)(buffer + DeviceMajor)}:{*(uint*)(buffer + DeviceMinor)}:{*(ulong*)(buffer + Inode)}:"
            + $"{*(long*)(buffer + BirthSeconds)}.{*(uint*)(buffer + BirthNanoseconds)}";
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8),
        UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);
}
