namespace LocalOpinions.Common;

/// <summary>The file that keeps another file's SHA-256 beside it, as <c>sha256sum</c> writes and checks it.</summary>
/// <remarks>Compiled into each room that writes or reads such files; these rooms may not know each other.</remarks>
static class Sha256Sum
{
    public const string Extension = ".sha256";

    /// <summary>The lines of such a file.</summary>
    /// <param name="path">The file that the hash is of.</param>
    /// <param name="sha256">Its hash.</param>
    /// <param name="remark">One line about it, which sha256sum passes over.</param>
    public static string Text(string path, string sha256, string remark) => $"# {remark}\n{sha256}  {Path.GetFileName(path)}\n";

    /// <summary>The hash that is kept beside a file; null where none is.</summary>
    public static string? BesideOf(string path)
    {
        var kept = path + Extension;
        if (!File.Exists(kept) || !FileStat.IsOrdinary(kept))
            return null;
        var name = Path.GetFileName(path);
        return File.ReadLines(kept).Select(line => line.Split(' ', 2))
            .Where(parts => parts is [{ Length: 64 } hash, [' ' or '*', .. var of]] && of == name && hash.All(char.IsAsciiHexDigit))
            .Select(parts => parts[0].ToLowerInvariant()).FirstOrDefault();
    }
}
