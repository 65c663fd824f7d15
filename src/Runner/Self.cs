namespace LocalOpinions.Runner;

/// <summary>How to call this program again from the working folder, for "what to do next".</summary>
static class Self
{
    public static string Command
    {
        get
        {
            var path = Environment.ProcessPath is { } p && Path.GetFileNameWithoutExtension(p) == "localopinions" ? p : Path.Combine(AppContext.BaseDirectory, "localopinions");
            var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
            return Quote(relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Contains('/') ? relative : "./" + relative);
        }
    }

    /// <summary>An argument as a shell takes it.</summary>
    public static string Quote(string argument) => argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:,+".Contains(c)) && argument.Length > 0 ? argument : $"'{argument.Replace("'", "'\\''")}'";
}
