using System.Text;
using LocalOpinions.Analysis;
using LocalOpinions.Common;
using LocalOpinions.Store.Sql;

namespace LocalOpinions.Asking.Outputs;

/// <summary>
/// A file that is written beside results files: a page, a sheet, a survey, an export. Where it may lie is one rule for all of them: never
/// on what is read meanwhile, a results file, a model or a survey, and on what another program or a person wrote only by force.
/// </summary>
public sealed class OutputFile
{
    static readonly byte[] s_pageEnd = "\n<!-- generator: LocalOpinions -->\n"u8.ToArray();

    readonly string _target;
    readonly bool _replace;

    OutputFile(string path, string target, bool replace) => (Path, _target, _replace) = (path, target, replace);

    /// <summary>The path as it was named.</summary>
    public string Path { get; }

    /// <summary>Takes a path to write to; what stands in the way is told now, before the work that fills the file.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="inputs">Files and folders that are read meanwhile, or written by other hands.</param>
    /// <param name="force">Whether to replace what this program did not write.</param>
    /// <param name="content">What will be written, where that is known: what is the same already may be written again.</param>
    /// <exception cref="IOException">No file can be there.</exception>
    /// <exception cref="InputException">What is there stays; the message says what it is.</exception>
    public static OutputFile At(string path, IEnumerable<string>? inputs = null, bool force = false, byte[]? content = null)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
            throw new IOException("The file name to write to is empty.");
        if (Directory.Exists(path))
            throw new IOException($"{path} is a folder. Name a file in it.");
        var target = Target(path);
        if (System.IO.Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
            throw new IOException($"The folder {folder} does not exist. Make it, or name another one.");
        if (!FileStat.IsOrdinary(path))
            throw new IOException($"{path} {FileStat.NotOrdinary}. Name a file.");
        if (DatabaseFile.IsLog(target))
            throw Stays(path, $"would be {DatabaseFile.Log}, which is put into the database and deleted");
        if (inputs?.FirstOrDefault(i => IsOrHolds(i, target)) is { } input)
            throw Stays(path, $"is {(Directory.Exists(input) ? "in what" : "what")} the same command reads or writes besides");
        if (!File.Exists(target))
            return new(path, target, replace: false);
        if (FileContent.Kind(target) is { } kind)
            throw Stays(path, $"is {kind}");
        return force || FileContent.IsPage(target) || FileContent.EndsWith(target, s_pageEnd) || FileContent.Is(target, content)
            ? new(path, target, replace: true)
            : throw new InputException(
                $"{path} is there already, and nothing in it says that this program wrote it. It stays as it is; name another file, or "
                    + $"have it replaced.", Remedy.ReplaceFile);
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="IOException">It cannot be written, or another program has put one there; nothing is left of it.</exception>
    public void Write(byte[] content) => Write(unfinished => File.WriteAllBytes(unfinished, content));

    /// <summary>Writes a Markdown page, with a line at its end by which it is known again as this program's.</summary>
    /// <exception cref="IOException">As for every file.</exception>
    public void WritePage(string markdown) => Write([.. Encoding.UTF8.GetBytes(markdown), .. s_pageEnd]);

    /// <summary>Writes the file by whatever writes to a path, which is another one until all of it is there.</summary>
    /// <exception cref="IOException">As for every file.</exception>
    public void Write(Action<string> write) => WholeFile.Write(_target, _replace, write);

    static string Target(string path)
    {
        var file = new FileInfo(path);
        try
        {
            return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        }
        catch (IOException e)
        {
            throw new IOException($"{path} is a link that leads nowhere. Name a file.", e);
        }
    }

    static bool IsOrHolds(string input, string target)
    {
        if (string.IsNullOrWhiteSpace(input) || input.Contains('\0'))
            return false;
        var full = System.IO.Path.GetFullPath(input);
        if (!Directory.Exists(full))
            return full == target || FileStat.Identity(full) is { } identity && identity == FileStat.Identity(target);
        // A survey may be a folder of files.
        return File.Exists(target) && target.StartsWith(
            System.IO.Path.TrimEndingDirectorySeparator(full) + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    static InputException Stays(string path, string why) => new($"{path} {why}, and stays as it is. Name another file.");
}
