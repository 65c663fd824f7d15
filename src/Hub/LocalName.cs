using System.Text;
using System.Text.RegularExpressions;
using LocalOpinions.Common;

namespace LocalOpinions.Hub;

/// <summary>Names of files in the folder that is pulled into. A server's word for a name is never taken for a path.</summary>
static partial class LocalName
{
    // ext4, APFS and NTFS end at 255; what a part file's name adds must fit too.
    const int MostBytes = 200;

    /// <summary>The last part of a path or address, held to be a plain file name.</summary>
    /// <exception cref="PullException">It is none.</exception>
    public static string Of(string path, FileKind kind)
    {
        var name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        return WhyNot(name, kind) is not { } why ? name : throw new PullException(
            PullError.Content, $"A file cannot be called {Printable(path)}: {why}. Give it a name.")
        {
            Remedy = PullRemedy.OtherName,
        };
    }

    /// <summary>A name that a user gave, with the ending of such files if it lacks it.</summary>
    public static string Chosen(string name, FileKind kind)
    {
        var full = kind.IsOne(name) ? name : name + kind.Extension;
        return name.IndexOfAny(['/', '\\']) >= 0 || WhyNot(full, kind) is not null
            ? throw new PullException(PullError.Argument,
                $"A {kind.Noun} cannot be called {Printable(name)}: its name is a plain file name, and the folder is given apart from it.")
            {
                Remedy = PullRemedy.NameAndFolder,
            }
            : full;
    }

    /// <summary>The names of all parts of the split file that a name is a part of; null for a file that is whole.</summary>
    public static string[]? Parts(string name) => ShardName.Parse(name) is { } shard ? [.. shard.All()] : null;

    /// <summary>A name without its ending and its number as a part.</summary>
    public static string Stem(string name) => ShardName.Parse(name)?.Stem ?? name[..name.LastIndexOf('.')];

    static string? WhyNot(string name, FileKind kind) => name switch
    {
        "" => "it ends in no name",
        _ when !kind.IsOne(name) => $"it does not end in {kind.Extension}, as every {kind.Noun} that is pulled",
        _ when name[0] is '.' or '-' => "it begins with a dot or a hyphen",
        _ when name.Any(c => char.IsControl(c) || "<>:\"|?*".Contains(c)) || name.Contains('\uFFFD') =>
            "it has characters that not every disk can store",
        _ when Encoding.UTF8.GetByteCount(name) > MostBytes => $"it is longer than {MostBytes} bytes",
        _ when Device().IsMatch(name) => "it is the name of a device on Windows",
        _ => null,
    };

    static string Printable(string text) => text.Length > MostBytes ? text[..MostBytes] + "..." : text;

    [GeneratedRegex(@"^(con|prn|aux|nul|com\d|lpt\d)\.", RegexOptions.IgnoreCase)]
    private static partial Regex Device();
}
