using LocalOpinions.Asking.Workers;

namespace LocalOpinions.Runner.Terminal;

/// <summary>How to call this program again from the working folder, for "what to do next".</summary>
static class ThisProgram
{
    public static string Command
    {
        get
        {
            if (IsOnPath())
                return "localopinions";
            var path = Environment.ProcessPath is { } p && Path.GetFileNameWithoutExtension(p) == "localopinions"
                ? p
                : Path.Combine(AppContext.BaseDirectory, "localopinions");
            var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
            return Quote(relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Contains('/') ? relative : "./" + relative);
        }
    }

    // As an installed tool is; or a link that leads here.
    static bool IsOnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists) is { } first
        && (File.ResolveLinkTarget(first, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(first)) == Environment.ProcessPath;

    /// <summary>The file that starts this program, with the arguments that come before its own.</summary>
    /// <remarks>An installed tool has no executable beside it, but one on the PATH; "dotnet localopinions.dll" has none at all.</remarks>
    public static (string File, string[] Before) Program
    {
        get
        {
            var beside = Path.Combine(AppContext.BaseDirectory, FileName);
            if (File.Exists(beside))
                return (beside, []);
            var process = Environment.ProcessPath!;
            string[] dll = [Path.Combine(AppContext.BaseDirectory, "localopinions.dll")];
            return (process, Path.GetFileName(process) == FileName ? [] : dll);
        }
    }

    /// <summary>How this program is started as a worker.</summary>
    public static WorkerCommand Worker
    {
        get
        {
            var (file, before) = Program;
            return new(file, [.. before, "worker"]);
        }
    }

    static string FileName => OperatingSystem.IsWindows() ? "localopinions.exe" : "localopinions";

    /// <summary>An argument as a shell takes it.</summary>
    public static string Quote(string argument) => argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:,+".Contains(c))
        && argument.Length > 0 ? argument : $"'{argument.Replace("'", "'\\''")}'";
}
