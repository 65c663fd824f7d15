using LocalOpinions.Common;

namespace LocalOpinions.Hub;

/// <summary>The SHA-256 of a file that is there.</summary>
static class FileHash
{
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
