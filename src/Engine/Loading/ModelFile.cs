using LocalOpinions.Common;

namespace LocalOpinions.Engine.Loading;

/// <summary>A GGUF model on disk: one file, or the shards of a split one.</summary>
public sealed class ModelFile
{
    /// <summary>Further folders to look a model's name up in, separated as in PATH.</summary>
    public const string FoldersVariable = "LOCALOPINIONS_MODELS";

    static readonly NamedFolders s_folders =
        new("models", FoldersVariable, path => path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase));

    ModelFile(IReadOnlyList<string> parts) => Parts = parts;

    /// <summary>Full paths of the shards in order; one for a model that is not split.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>The file to open: the only one, or the first shard.</summary>
    public string Path => Parts[0];

    /// <summary>The file name without ".gguf" and without the shard number.</summary>
    public string Name =>
        ShardName.Parse(System.IO.Path.GetFileName(Path))?.Stem ?? System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Bytes of all shards together.</summary>
    public long Bytes => Parts.Sum(LengthOf);

    /// <summary>Finds a model by path, or by name (with or without ".gguf") in the given folders.</summary>
    /// <param name="nameOrPath">A path, or a name.</param>
    /// <param name="folders">The folders to look a name up in, in order; see <see cref="DefaultFolders"/>.</param>
    /// <exception cref="EngineException">Nothing is there, it is a directory, or a shard is missing.</exception>
    public static ModelFile Find(string nameOrPath, IReadOnlyList<string> folders)
    {
        if (string.IsNullOrWhiteSpace(nameOrPath))
            throw new EngineException(EngineError.ModelNotFound,
                "The model's name is empty. Give a path to a GGUF file or the name of one.");
        if (File.Exists(nameOrPath))
            return FileStat.IsOrdinary(nameOrPath) ? FromPath(System.IO.Path.GetFullPath(nameOrPath))
                : throw new EngineException(EngineError.ModelUnusable,
                    $"{nameOrPath} {FileStat.NotOrdinary}, not a model. Give a GGUF file.");
        if (Directory.Exists(nameOrPath))
            throw new EngineException(EngineError.ModelNotFound,
                $"{nameOrPath} is a directory, not a model. Give the GGUF file in it{Suggest(List([nameOrPath]))}.");
        if (List(folders).FirstOrDefault(m => IsCalled(m, nameOrPath)) is { } match)
            return FromPath(match.Path);
        var searched = folders.Count > 0 ? $", and no such name in {string.Join(", ", folders)}" : "";
        throw new EngineException(EngineError.ModelNotFound,
            $"No model {nameOrPath}: there is no such file{searched}{Suggest(List(folders))}. "
                + $"Name further folders with {FoldersVariable}.");
    }

    /// <summary>All models in the given folders, by name; folders that do not exist are passed over.</summary>
    public static IReadOnlyList<ModelFile> List(IReadOnlyList<string> folders) =>
    [
        .. folders.SelectMany(s_folders.In)
            .Where(p => ShardName.Parse(System.IO.Path.GetFileName(p)) is null or { Part: 1 })
            .Select(p => FromPath(System.IO.Path.GetFullPath(p), strict: false)),
    ];

    /// <summary>
    /// The nearest folder called "models" upward of the program and of the working folder, then those of <see cref="FoldersVariable"/>,
    /// then the user's own, where they lie whatever the working folder is.
    /// </summary>
    public static IReadOnlyList<string> DefaultFolders() => s_folders.All();

    /// <summary>The folders that <see cref="FoldersVariable"/> names and that are not there.</summary>
    public static IReadOnlyList<string> MissingFolders() => s_folders.Missing();

    /// <summary>The folder that a new model belongs into.</summary>
    public static string FolderForNew() => s_folders.ForNew();

    /// <summary>SHA-256 of the shards' bytes, one after the other, in lower-case hexadecimal.</summary>
    public string ComputeSha256(CancellationToken cancellation = default) => FileSha256.Of(Parts, cancellation);

    /// <summary>The bytes of a file, or of what a link leads to: model caches are folders of links.</summary>
    /// <returns>0 for what is no file: a pipe, or a link that leads nowhere or in a circle.</returns>
    internal static long LengthOf(string path) => FileStat.Length(path);

    static ModelFile FromPath(string path, bool strict = true)
    {
        if (ShardName.Parse(System.IO.Path.GetFileName(path)) is not { } shard)
            return new([path]);
        var folder = System.IO.Path.GetDirectoryName(path)!;
        string[] parts = [.. shard.All().Select(name => System.IO.Path.Combine(folder, name))];
        var missing = parts.Where(p => !File.Exists(p)).ToArray();
        if (strict && missing.Length > 0)
            throw new EngineException(EngineError.ModelNotFound, $"{path} is one of {shard.Count} parts, and {missing.Length} are missing, "
                + $"first {missing.FirstOrDefault()}. Put all parts into one folder.");
        // What was named stays, be it a link that leads nowhere: whoever opens it says so.
        return new([.. parts.Where(p => p == path || File.Exists(p))]);
    }

    static bool IsCalled(ModelFile model, string name) =>
        string.Equals(model.Name, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(System.IO.Path.GetFileName(model.Path), name, StringComparison.OrdinalIgnoreCase);

    static string Suggest(IReadOnlyList<ModelFile> models) => models.Count == 0 ? ""
        : $" (there: {string.Join(", ", models.Take(8).Select(m => m.Name))}{(models.Count > 8 ? ", ..." : "")})";
}
