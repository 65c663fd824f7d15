namespace LocalOpinions.Tests;

/// <summary>Places in this checkout.</summary>
static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Fixture(string name) => Path.Combine(Root, "tests", "Fixtures", name);

    /// <summary>The full data set, which lies beside a developer's checkout only.</summary>
    public static string DataSet => BesideIt("global_opinions.reconstructed.csv");

    /// <summary>A file of the full data set.</summary>
    public static string BesideIt(string name) => Path.Combine(Root, "..", "shared", "data", "globalopinionqa", name);

    public static string DefaultModel => Path.Combine(Root, "models", "SmolLM2-135M-Instruct.Q4_1.gguf");

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LocalOpinions.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("The tests run from a checkout: no folder above them holds LocalOpinions.sln.");
    }
}
