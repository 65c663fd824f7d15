namespace LocalOpinions.Runner;

/// <summary>How to call this program again from the working folder, for "what to do next".</summary>
static class Self
{
    public static string Command
    {
        get
        {
            if (IsOnPath())
                return "localopinions";
            var path = Environment.ProcessPath is { } p && Path.GetFileNameWithoutExtension(p) == "localopinions" ? p : Path.Combine(AppContext.BaseDirectory, "localopinions");
            var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
            return Quote(relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Contains('/') ? relative : "./" + relative);
        }
    }

    // "dotnet tool install" puts a link on the PATH to a program that lies six folders deep.
    static bool IsOnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "localopinions.exe" : "localopinions")).FirstOrDefault(File.Exists) is { } first
        && (File.ResolveLinkTarget(first, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(first)) == Environment.ProcessPath;

    /// <summary>An argument as a shell takes it.</summary>
    public static string Quote(string argument) => argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:,+".Contains(c)) && argument.Length > 0 ? argument : $"'{argument.Replace("'", "'\\''")}'";
}
