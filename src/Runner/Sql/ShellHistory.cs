using System.Text.Json;
using LocalOpinions.Asking.Outputs;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;

namespace LocalOpinions.Runner.Sql;

/// <summary>The statements of earlier sessions, one JSON string per line in a file that only its owner can read.</summary>
sealed class ShellHistory
{
    const int Most = 1000;

    /// <summary>Names another file; empty for no history.</summary>
    public const string Variable = "LOCALOPINIONS_HISTORY";

    string? _path;
    readonly List<string> _statements = [];

    public ShellHistory()
    {
        _path = FindPath();
        Try(path =>
        {
            if (!File.Exists(path))
                return;
            if (FileContent.Kind(path) is { } kind)
                throw new IOException($"it is {kind}.");
            _statements.AddRange(File.ReadLines(path).TakeLast(Most).Select(Read).OfType<string>());
        });
    }

    public IReadOnlyList<string> Statements => _statements;

    public void Add(string statement)
    {
        if (_statements.Count > 0 && _statements[^1] == statement)
            return;
        _statements.Add(statement);
        Try(path =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new StreamWriter(path, options);
            file.WriteLine(JsonSerializer.Serialize(statement, Json.Options));
        });
    }

    // A history that cannot be kept is told once, and is no reason to end a session.
    void Try(Action<string> action)
    {
        if (_path is not { } path)
            return;
        try
        {
            if (!ResultsFile.IsOrdinaryFile(path))
                throw new IOException("it is a device or a pipe.");
            action(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _path = null;
            Screen.Tell($"localopinions: no history is kept in {path}: {e.Message} {Variable} names another file, "
                + $"or none where it is empty.");
        }
    }

    // A line that another program wrote is no reason not to open the shell.
    static string? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? FindPath()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } named)
            return named.Length == 0 ? null : Path.GetFullPath(named);
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "localopinions", "sql-history");
    }
}
