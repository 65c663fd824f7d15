using System.Diagnostics;
using LocalOpinions.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>A disk in memory, of whatever size.</summary>
sealed class Disk(string folder) : IDisposable
{
    public static Disk? Mount(string folder, string options)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Directory.CreateDirectory(folder);
        return Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder) == 0 ? new(folder) : null;
    }

    public void Remount(string options) => Assert.Equal(0, Run("mount", "-o", $"remount,{options}", folder));

    /// <summary>Takes all the room that is left, with a file named filler.</summary>
    public void Fill()
    {
        using var file = new FileStream(Path.Combine(folder, "filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 1 << 20, 1 << 12, 1 })
        {
            try
            {
                while (true)
                    file.Write(new byte[size]);
            }
            catch (IOException)
            {
                // No room for a piece of this size; a smaller one may fit.
            }
        }
    }

    public void Dispose() => Assert.Equal(0, Run("umount", folder));

    static int Run(string program, params string[] arguments)
    {
        using var process = ChildProcess.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
