namespace LocalOpinions.Hub;

/// <summary>One file to pull, as its server describes it.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name in the folder that it is pulled into.</param>
/// <param name="Bytes">Its size; null when not stated.</param>
/// <param name="Sha256">The hash that its bytes must have; null when nobody stated one.</param>
/// <param name="HashFrom">Who stated the hash.</param>
/// <param name="ETag">The server's mark of this very content, if it gave a strong one.</param>
sealed record RemoteFile(Uri Address, FileKind Kind, string Name, long? Bytes, string? Sha256, HashOrigin HashFrom, string? ETag)
{
    /// <summary>The id that git has for its bytes, where the hub states that instead of a SHA-256.</summary>
    public string? GitId { get; init; }

    /// <summary>What tells this content from any other, if anything does.</summary>
    public string? Identity => Sha256 ?? GitId ?? (ETag is null ? null : $"{Address} {ETag} {Bytes}");
}

/// <summary>Who stated the hash that a pulled file was held against.</summary>
public enum HashOrigin
{
    /// <summary>Nobody: the file could not be verified.</summary>
    Nobody,

    /// <summary>The user.</summary>
    User,

    /// <summary>The program's catalogue.</summary>
    Catalogue,

    /// <summary>The hub that holds the file.</summary>
    Hub,
}
