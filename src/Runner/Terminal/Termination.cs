using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LocalOpinions.Runner.Terminal;

/// <summary>Sees to it that a polite kill ends the program, whatever it is at: who sends one sends a rude one soon.</summary>
static class Termination
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4.5);

    /// <summary>Leaves every command its time to end in order, and ends the process where it takes longer.</summary>
    /// <returns>For as long as it is not disposed.</returns>
    public static IDisposable Heed() =>
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => new Thread(End) { IsBackground = true }.Start());

    static void End()
    {
        Thread.Sleep(s_patience);
        Process.GetCurrentProcess().Kill();
    }
}
