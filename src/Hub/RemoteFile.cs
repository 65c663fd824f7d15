namespace LocalOpinions.Hub;

/// <summary>One file to pull, as its server describes it.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Name">Its name in the models folder.</param>
/// <param name="Bytes">Its size; null when not stated.</param>
/// <param name="Sha256">The hash that its bytes must have; null when nobody stated one.</param>
/// <param name="HashFrom">Who stated the hash.</param>
/// <param name="ETag">The server's mark of this very content, if it gave a strong one.</param>
sealed record RemoteFile(Uri Address, string Name, long? Bytes, string? Sha256, HashOrigin HashFrom, string? ETag)
{
    /// <summary>What tells this content from any other, if anything does.</summary>
    public string? Identity => Sha256 ?? (ETag is null ? null : $"{Address} {ETag} {Bytes}");
}

/// <summary>Who stated the SHA-256 that a pulled file was held against.</summary>
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
