using System.Runtime.InteropServices;

namespace LocalOpinions.Runner.Terminal;

/// <summary>The largest file that the system lets this program write (ulimit -f).</summary>
static class FileSizeLimit
{
    // The same number on Linux and macOS; .NET has no name for it.
    const PosixSignal FileSizeExceeded = (PosixSignal)25;

    /// <summary>Makes a write beyond the limit fail, so that it can be told, where the system would end the program.</summary>
    /// <returns>For as long as it is not disposed; null where there is no such limit.</returns>
    public static IDisposable? Heed() =>
        OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(FileSizeExceeded, signal => signal.Cancel = true);
}
