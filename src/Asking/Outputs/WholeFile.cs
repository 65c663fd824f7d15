namespace LocalOpinions.Asking.Outputs;

/// <summary>The one way in which files other than results files are written: whole or not at all.</summary>
static class WholeFile
{
    /// <summary>Writes a file beside its place and gives it its name when all of it is on the disk.</summary>
    /// <param name="path">No link; its folder is there.</param>
    /// <param name="replace">Whether another file may lie there.</param>
    /// <param name="write">Writes to the path that it is given.</param>
    /// <exception cref="IOException">It cannot be written, or what is there must not be replaced; nothing is left of it.</exception>
    public static void Write(string path, bool replace, Action<string> write)
    {
        // A name of its own: whatever else lies in the folder is somebody's.
        var unfinished = Path.Combine(Path.GetDirectoryName(path)!, $".localopinions-{Path.GetRandomFileName()}");
        try
        {
            write(unfinished);
            using (var file = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite))
                file.Flush(flushToDisk: true);
            File.Move(unfinished, path, replace);
        }
        catch (Exception e)
        {
            File.Delete(unfinished);
            if (e.Message.Contains(unfinished, StringComparison.Ordinal))
                throw new IOException($"{path} cannot be written, and nothing is left of it: "
                    + $"{e.Message.Replace(unfinished, path, StringComparison.Ordinal)}", e);
            throw;
        }
    }
}
