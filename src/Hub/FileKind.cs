using System.Text;

namespace LocalOpinions.Hub;

/// <summary>What kind of file is pulled.</summary>
public enum PulledKind
{
    /// <summary>A GGUF model.</summary>
    Model,

    /// <summary>A survey's data set: one CSV file.</summary>
    Survey,
}

/// <summary>All in which the kinds of pulled files differ.</summary>
sealed record FileKind(PulledKind Kind, string Noun, string Extension)
{
    public static readonly FileKind Model = new(PulledKind.Model, "model", ".gguf")
    {
        Magic = "GGUF",
        Repositories = "models",
        Page = "",
    };

    public static readonly FileKind Survey = new(PulledKind.Survey, "survey", ".csv")
    {
        Repositories = "datasets",
        Page = "datasets/",
        KeepsHash = true,
    };

    /// <summary>The bytes that every such file begins with.</summary>
    public string Magic { get; private init; } = "";

    /// <summary>The hub's word for repositories of such files.</summary>
    public required string Repositories { get; init; }

    /// <summary>What stands before a repository's name in the addresses of its pages and files.</summary>
    public required string Page { get; init; }

    /// <summary>Whether the hash is written beside the file. A model is hashed by whoever asks it; a table is easily saved anew.</summary>
    public bool KeepsHash { get; private init; }

    public bool IsOne(string path) => path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file's first bytes are such as this kind begins with, as far as they are there.</summary>
    public bool MayBegin(ReadOnlySpan<byte> start)
    {
        var magic = Encoding.ASCII.GetBytes(Magic);
        var length = Math.Min(start.Length, magic.Length);
        return start[..length].SequenceEqual(magic.AsSpan(0, length));
    }
}
