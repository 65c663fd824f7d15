using System.ComponentModel;
using System.Diagnostics;

namespace LocalOpinions.Tests;

/// <summary>
/// Starts the processes of tests: one that hangs is killed with its children, so that its test fails and does not wait forever.
/// </summary>
static class ChildProcess
{
    // Far more than any of them needs on a slow machine.
    static readonly TimeSpan s_limit = TimeSpan.FromMinutes(15);

    public static Process Start(ProcessStartInfo start)
    {
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        _ = KillLateAsync(process);
        return process;
    }

    public static Process Start(string program, IEnumerable<string> arguments) => Start(new ProcessStartInfo(program, arguments));

    static async Task KillLateAsync(Process process)
    {
        try
        {
            using var late = new CancellationTokenSource(s_limit);
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
        }
        catch (InvalidOperationException)
        {
            // The test is done with it.
        }
    }

    static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended at the last moment, or the test is done with it.
        }
    }
}
