namespace LocalOpinions.Hub;

/// <summary>What a pull is going to do: known before anything large is transferred.</summary>
public sealed class PullPlan
{
    internal PullPlan(string folder, string source, string? licence, IReadOnlyList<PlannedFile> files) =>
        (Folder, Source, Licence, Files) = (folder, source, licence, files);

    /// <summary>The models folder.</summary>
    public string Folder { get; }

    /// <summary>Where it comes from: "owner/repository@commit", or an address.</summary>
    public string Source { get; }

    /// <summary>The licence that the hub or the catalogue states; null when none is stated.</summary>
    public string? Licence { get; }

    /// <summary>The model's file, or its parts in order.</summary>
    public IReadOnlyList<PlannedFile> Files { get; }

    /// <summary>The name by which the model can be run then.</summary>
    public string ModelName => LocalName.Stem(Path.GetFileName(Files[0].Path));

    /// <summary>Bytes of all files; null when a server does not state a size.</summary>
    public long? Bytes => Files.Aggregate((long?)0, (sum, f) => sum + f.Bytes);

    /// <summary>Bytes to transfer; null when not known.</summary>
    public long? Missing => Files.Aggregate((long?)0, (sum, f) => sum + f.Missing);
}

/// <summary>One file of a plan.</summary>
public sealed class PlannedFile
{
    readonly bool _isThere;

    internal PlannedFile(RemoteFile remote, string path, bool isThere, long left) =>
        (Remote, Path, _isThere, Left) = (remote, path, isThere, left);

    internal RemoteFile Remote { get; }

    /// <summary>Where it will be.</summary>
    public string Path { get; }

    /// <summary>Its size; null when not stated.</summary>
    public long? Bytes => Remote.Bytes;

    /// <summary>The SHA-256 it must have; null when nobody stated one.</summary>
    public string? Sha256 => Remote.Sha256;

    /// <summary>Who stated the hash.</summary>
    public HashOrigin HashFrom => Remote.HashFrom;

    /// <summary>Whether it is there already, whole and verified.</summary>
    public bool IsThere => _isThere;

    /// <summary>Bytes that an earlier pull left.</summary>
    public long Left { get; }

    /// <summary>Bytes to transfer; null when not known.</summary>
    public long? Missing => IsThere ? 0 : Bytes - Left;
}
