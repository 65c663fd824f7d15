using System.Security.Cryptography;
using System.Text;

namespace LocalOpinions.Hub;

/// <summary>The name by which git knows a file's bytes: what a hub states of files that are too small for its large-file store.</summary>
static class GitBlob
{
    /// <summary>The id in lower case; null when the text is none.</summary>
    public static string? Parse(string? text) => text is { Length: 40 } && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;

    /// <summary>Of what a stream holds, from its beginning to its end.</summary>
    public static string IdOf(Stream stream)
    {
        stream.Position = 0;
        // Git's own choice of hash, not ours.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes($"blob {stream.Length}\0"));
        var buffer = new byte[1 << 18];
        for (int read; (read = stream.Read(buffer)) > 0;)
            hash.AppendData(buffer, 0, read);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
