using LocalOpinions.Common;

namespace LocalOpinions.Surveys.Formats;

/// <summary>The folders whose surveys can be named without a path.</summary>
public static class SurveyFolders
{
    /// <summary>Further folders to look a survey's name up in, separated as in PATH.</summary>
    public const string Variable = "LOCALOPINIONS_SURVEYS";

    static readonly NamedFolders s_folders = new("surveys", Variable, path => Path.GetExtension(path).ToLowerInvariant()
        is ".csv" or ".yaml" or ".yml" or ".json");

    /// <summary>
    /// The nearest folder called "surveys" upward of the working folder and of the program that holds one, then those of
    /// <see cref="Variable"/>, then the user's own.
    /// </summary>
    public static IReadOnlyList<string> All() => s_folders.All();

    /// <summary>The folders that <see cref="Variable"/> names and that are not there.</summary>
    public static IReadOnlyList<string> Missing() => s_folders.Missing();

    /// <summary>The folder that a new survey belongs into.</summary>
    public static string ForNew() => s_folders.ForNew();

    /// <summary>The surveys' files in these folders.</summary>
    public static IReadOnlyList<string> List() => [.. All().SelectMany(s_folders.In)];

    /// <summary>Finds a survey by its path, or by its name in the folders (with or without its ending, whatever its case).</summary>
    /// <returns>The path: as it was given where that is one.</returns>
    /// <exception cref="SurveyException">It is a name, and nothing is called so.</exception>
    public static string Find(string nameOrPath)
    {
        if (Path.Exists(nameOrPath) || string.IsNullOrWhiteSpace(nameOrPath) || Path.GetFileName(nameOrPath) != nameOrPath)
            return nameOrPath;
        return List().FirstOrDefault(path => IsCalled(path, nameOrPath)) ?? throw new SurveyException(
            new(nameOrPath), $"no such file{(All() is { Count: > 0 } all ? $", and no such name in {string.Join(", ", all)}" : "")}",
            "Check the path")
        {
            Step = SurveyStep.PullSurvey,
        };
    }

    static bool IsCalled(string path, string name) =>
        string.Equals(Path.GetFileNameWithoutExtension(path), name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(Path.GetFileName(path), name, StringComparison.OrdinalIgnoreCase);
}
