using System.Text.Json;
using LocalOpinions.Runner.Printing;

namespace LocalOpinions.Runner.Sql;

/// <summary>The statements of earlier sessions, one JSON string per line in a file that only its owner can read.</summary>
sealed class ShellHistory
{
    const int Most = 1000;

    /// <summary>Names another file; empty for no history.</summary>
    public const string Variable = "LOCALOPINIONS_HISTORY";

    readonly string? _path;
    readonly List<string> _statements = [];

    public ShellHistory()
    {
        _path = FindPath();
        if (_path is null || !File.Exists(_path))
            return;
        foreach (var line in File.ReadLines(_path).TakeLast(Most))
        {
            if (Read(line) is { } statement)
                _statements.Add(statement);
        }
    }

    public IReadOnlyList<string> Statements => _statements;

    public void Add(string statement)
    {
        if (_statements.Count > 0 && _statements[^1] == statement)
            return;
        _statements.Add(statement);
        if (_path is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(_path, options);
        file.WriteLine(JsonSerializer.Serialize(statement, Json.Options));
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
