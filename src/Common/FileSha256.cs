using System.Security.Cryptography;

namespace LocalOpinions.Common;

/// <summary>The SHA-256 of large files, lower-case hexadecimal.</summary>
/// <remarks>Compiled into each room that hashes files; these rooms may not know each other.</remarks>
static class FileSha256
{
    /// <summary>Of the files' bytes, one file after the other.</summary>
    public static string Of(IEnumerable<string> paths, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        foreach (var path in paths)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            for (int read; (read = file.Read(buffer)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
