using LocalOpinions.Common;

namespace LocalOpinions.Hub;

/// <summary>The SHA-256 of a file that is there.</summary>
static class FileHash
{
    /// <summary>Whether anybody says what a file must hash to.</summary>
    public static bool IsStated(RemoteFile remote) => (remote.Sha256 ?? remote.GitId) is not null;

    /// <summary>Whether the file at a path is the one that is stated, by the strongest hash that is.</summary>
    public static bool Matches(string path, RemoteFile remote, CancellationToken cancellation)
    {
        if (remote.Sha256 is { } sha256)
            return Compute(path, remote.Bytes, cancellation) == sha256;
        if (!File.Exists(path) || !FileStat.IsOrdinary(path))
            return false;
        using var file = File.OpenRead(path);
        return GitBlob.IdOf(file) == remote.GitId;
    }

    /// <returns>Lower-case hexadecimal; null when the file has another size than expected, or is none.</returns>
    public static string? Compute(string path, long? expectedBytes, CancellationToken cancellation)
    {
        if (!File.Exists(path) || !FileStat.IsOrdinary(path))
            return null;
        using (var file = File.OpenHandle(path))
        {
            if (expectedBytes is { } expected && RandomAccess.GetLength(file) != expected)
                return null;
        }
        return FileSha256.Of([path], cancellation);
    }
}
