namespace LocalOpinions.Hub;

/// <summary>What a pull is going to do: known before anything large is transferred.</summary>
public sealed class PullPlan
{
    internal PullPlan(string folder, Resolved from, IReadOnlyList<PlannedFile> files) =>
        (Folder, Source, Licence, Citation, Files) = (folder, from.Source, from.Licence, from.Citation, files);

    /// <summary>What is pulled.</summary>
    public PulledKind Kind => Files[0].Remote.Kind.Kind;

    /// <summary>The folder that is pulled into.</summary>
    public string Folder { get; }

    /// <summary>Where it comes from: "owner/repository@commit", or an address.</summary>
    public string Source { get; }

    /// <summary>The licence that the hub or the catalogue states; null when none is stated.</summary>
    public string? Licence { get; }

    /// <summary>How whoever uses it cites it; null when the catalogue does not know.</summary>
    public string? Citation { get; }

    /// <summary>The file, or a model's parts in order.</summary>
    public IReadOnlyList<PlannedFile> Files { get; }

    /// <summary>The name by which it is found then.</summary>
    public string Name => LocalName.Stem(Path.GetFileName(Files[0].Path));

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

    /// <summary>The id that git has for its bytes, which it must have where no SHA-256 is stated; null when not stated either.</summary>
    public string? GitId => Remote.GitId;

    /// <summary>Who stated the hash.</summary>
    public HashOrigin HashFrom => Remote.HashFrom;

    /// <summary>Whether it is there already, whole and verified.</summary>
    public bool IsThere => _isThere;

    /// <summary>Bytes that an earlier pull left.</summary>
    public long Left { get; }

    /// <summary>Bytes to transfer; null when not known.</summary>
    public long? Missing => IsThere ? 0 : Bytes - Left;
}
