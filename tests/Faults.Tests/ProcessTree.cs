using System.Diagnostics;
using System.Globalization;

namespace LocalOpinions.Faults.Tests;

/// <summary>A process's children and what they use, from /proc.</summary>
static class ProcessTree
{
    static readonly double s_ticksPerSecond = 100;

    /// <summary>
    /// Its children that run a program of their own. Whoever stops one before, when it is still a copy of its parent, stops the parent's
    /// start of it, and whatever waits for that.
    /// </summary>
    public static IReadOnlyList<int> ChildrenOf(int id)
    {
        try
        {
            var own = CommandLine(id);
            return [.. Directory.GetDirectories($"/proc/{id}/task")
                .SelectMany(t => File.ReadAllText(Path.Combine(t, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(int.Parse).Where(child => CommandLine(child) != own)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Processor time in user mode, in seconds; null when it has ended.</summary>
    public static double? UserSeconds(int id)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields[0] is "Z" or "X" ? null : double.Parse(fields[11], CultureInfo.InvariantCulture) / s_ticksPerSecond;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Resident memory of a process and its children, in bytes.</summary>
    public static long Bytes(int id) => new[] { id }.Concat(ChildrenOf(id)).Sum(Resident);

    public static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    static string CommandLine(int id) => File.ReadAllText($"/proc/{id}/cmdline");

    static long Resident(int id)
    {
        try
        {
            return long.Parse(File.ReadAllText($"/proc/{id}/statm").Split(' ')[1], CultureInfo.InvariantCulture)
                * Environment.SystemPageSize;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
