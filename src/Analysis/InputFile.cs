using LocalOpinions.Store;

namespace LocalOpinions.Analysis;

/// <summary>Files that are read whole; a device may have no end, and a pipe no beginning.</summary>
public static class InputFile
{
    /// <summary>All bytes of a file.</summary>
    /// <exception cref="InputException">It is no ordinary file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] Read(string path) => File.ReadAllBytes(Ordinary(path));

    /// <summary>All text of a file in UTF-8.</summary>
    /// <exception cref="InputException">It is no ordinary file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string ReadText(string path) => File.ReadAllText(Ordinary(path));

    static string Ordinary(string path) => ResultsFile.IsOrdinaryFile(path) ? path
        : throw new InputException($"{path} is a device or a pipe. Give the path of a file.");
}
