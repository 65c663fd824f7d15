namespace LocalOpinions.Common;

/// <summary>The folders whose files can be named without a path.</summary>
/// <param name="Name">What such a folder is called.</param>
/// <param name="Variable">The environment variable that names further ones, separated as in PATH.</param>
/// <param name="IsMeant">Whether a file is what such folders hold.</param>
/// <remarks>Compiled into each room whose files have names; these rooms may not know each other.</remarks>
sealed record NamedFolders(string Name, string Variable, Func<string, bool> IsMeant)
{
    // A folder that may not be read holds nothing for us.
    static readonly EnumerationOptions s_readable = new() { IgnoreInaccessible = true };

    /// <summary>
    /// The nearest one upward of the working folder and of the program that holds something, then those of the variable, then the
    /// user's own.
    /// </summary>
    public IReadOnlyList<string> All() =>
    [
        .. new[] { Upward(Environment.CurrentDirectory), Upward(AppContext.BaseDirectory) }.OfType<string>()
            .Concat(OfVariable()).Concat(OfUser is { } user && Directory.Exists(user) ? [user] : []).Distinct(),
    ];

    /// <summary>Those that the variable names, whether they exist or not.</summary>
    public IReadOnlyList<string> OfVariable() =>
        (Environment.GetEnvironmentVariable(Variable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Those of them that are not there.</summary>
    public IReadOnlyList<string> Missing() => [.. OfVariable().Where(f => !Directory.Exists(f))];

    /// <summary>The user's own, whatever the working folder is; null where the system names no such place.</summary>
    public string? OfUser => Environment.GetFolderPath(
        Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data
        ? Path.Combine(data, "localopinions", Name)
        : null;

    /// <summary>Where a new file belongs, so that it is found by its name: also from another working folder.</summary>
    // In no checkout and no project of the user's, such a folder in whatever folder this is would not be found from the next one.
    public string ForNew() => OfVariable().FirstOrDefault() ?? All().FirstOrDefault()
        ?? (Directory.Exists(Name) ? null : OfUser) ?? Name;

    /// <summary>What a folder holds, by name; nothing where there is no folder.</summary>
    public IEnumerable<string> In(string folder) => !Directory.Exists(folder) ? []
        : Directory.EnumerateFiles(folder, "*", s_readable).Where(IsMeant).Order(StringComparer.Ordinal);

    string? Upward(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var named = Path.Combine(folder.FullName, Name);
            if (In(named).Any())
                return named;
        }
        return null;
    }
}
