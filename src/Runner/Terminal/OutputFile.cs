using LocalOpinions.Store;

namespace LocalOpinions.Runner.Terminal;

/// <summary>Writes a file whole or not at all: what fails leaves an earlier file as it was.</summary>
static class OutputFile
{
    /// <summary>Says why a file cannot be written there, before any work is done for it.</summary>
    /// <exception cref="IOException">The path is empty, a folder, in no folder, no ordinary file, or a database that would be
    /// lost.</exception>
    public static void Require(string path)
    {
        if (WhyNot(path) is { } why)
            throw new IOException($"{why} Name another file with --out.");
    }

    public static void Write(string path, Action<string> write)
    {
        Require(path);
        var unfinished = path + ".part";
        try
        {
            write(unfinished);
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    static string? WhyNot(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            return "The file name to write to is empty.";
        if (Directory.Exists(path))
            return $"{path} is a folder.";
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            return $"The folder {folder} does not exist.";
        if (!File.Exists(path))
            return null;
        if (!ResultsFile.IsOrdinaryFile(path))
            return $"{path} is a device or a pipe.";
        return IsDatabase(path) ? $"{path} is a DuckDB file, which would be overwritten." : null;
    }

    // "DUCK" stands behind an eight-byte checksum.
    static bool IsDatabase(string path)
    {
        Span<byte> start = stackalloc byte[12];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start[8..].SequenceEqual("DUCK"u8);
    }
}
