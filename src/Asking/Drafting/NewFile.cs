namespace LocalOpinions.Asking.Drafting;

/// <summary>Files that people go on to edit: never written over another.</summary>
public static class NewFile
{
    /// <summary>Tells what stands in the way of writing the file, before the work that fills it.</summary>
    /// <exception cref="IOException">It is there already, is a folder, or its folder is not there; the message says what to do.</exception>
    public static void Require(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new IOException("The file's name is empty.");
        if (Directory.Exists(path))
            throw new IOException($"{path} is a folder. Name a file in it.");
        if (File.Exists(path))
            throw new IOException($"{path} is there already and stays as it is. Name another file, or remove that one first.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new IOException($"The folder {folder} does not exist.");
    }

    /// <summary>Writes a file that is not there yet.</summary>
    /// <exception cref="IOException">As <see cref="Require"/>, or it cannot be written.</exception>
    public static void Write(string path, byte[] content)
    {
        Require(path);
        using var file = new FileStream(path, FileMode.CreateNew);
        file.Write(content);
    }
}
