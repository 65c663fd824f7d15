using LocalOpinions.Store;

namespace LocalOpinions.Analysis;

/// <summary>Results files that must be there already.</summary>
public static class ExistingFile
{
    /// <summary>Opens a results file for writing.</summary>
    /// <exception cref="InputException">It is not there.</exception>
    public static ResultsFile Open(string path, StoreOptions? options = null) => File.Exists(path)
        ? ResultsFile.Open(path, options)
        : throw new InputException($"No results file {path}.", Remedy.MakeRun, path);
}
