using System.Security.Cryptography;

namespace LocalOpinions.Hub;

/// <summary>The SHA-256 of a file that is there.</summary>
static class FileHash
{
    /// <returns>Lower-case hexadecimal; null when the file has another size than expected, or is none.</returns>
    public static string? Compute(string path, long? expectedBytes, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            return null;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        if (expectedBytes is { } expected && file.Length != expected)
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
