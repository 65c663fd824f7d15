using System.Security.Cryptography;
using System.Text;

namespace LocalOpinions.Hub;

/// <summary>A file on its way. Its name holds a mark of the content, so that it is never continued with another.</summary>
sealed class PartFile : IDisposable
{
    const string Extension = ".part";
    const int MarkLength = 16;

    readonly FileStream _stream;
    IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    PartFile(FileStream stream) => _stream = stream;

    public string Path => _stream.Name;

    public long Length => _stream.Length;

    /// <summary>How much of a file an earlier pull left.</summary>
    public static long LeftOf(string folder, RemoteFile file) => file.Identity is not null
        && new FileInfo(PathOf(folder, file)) is { Exists: true } part ? part.Length : 0;

    /// <summary>Opens what is there of a file, and drops what is there of older contents of that name.</summary>
    /// <exception cref="PullException">Another pull is at it.</exception>
    public static PartFile Open(string folder, RemoteFile file, CancellationToken cancellation)
    {
        var path = PathOf(folder, file);
        foreach (var stale in Directory.EnumerateFiles(folder, $"{file.Name}.*{Extension}").Where(p => p != path && IsOurs(p)))
            TryDelete(stale);
        PartFile part;
        try
        {
            part = new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new PullException(PullError.Exists, $"{path} is in use: another pull of this file is under way.", e);
        }
        try
        {
            if (file.Identity is null || part.Length > file.Bytes)
                part.Restart();
            part.HashWhatIsThere(cancellation);
            return part;
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await _stream.WriteAsync(bytes, cancellation);
        _hash.AppendData(bytes.Span);
    }

    public void Restart()
    {
        _stream.SetLength(0);
        _hash.Dispose();
        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    }

    /// <summary>The SHA-256 of what is there.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Git's id of what is there.</summary>
    public string GitId() => GitBlob.IdOf(_stream);

    /// <summary>Makes sure that all bytes outlive a power cut.</summary>
    public void Flush() => _stream.Flush(flushToDisk: true);

    public void Drop()
    {
        Dispose();
        File.Delete(Path);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
    }

    void HashWhatIsThere(CancellationToken cancellation)
    {
        var buffer = new byte[1 << 20];
        for (int read; (read = _stream.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            _hash.AppendData(buffer, 0, read);
        }
    }

    static string PathOf(string folder, RemoteFile file)
    {
        var mark = file.Identity is { } identity ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..MarkLength]
            : new string('0', MarkLength);
        return System.IO.Path.Combine(folder, $"{file.Name}.{mark}{Extension}");
    }

    static bool IsOurs(string path) => System.IO.Path.GetFileName(path).Split('.')[^2] is { Length: MarkLength } mark
        && mark.All(char.IsAsciiHexDigit);

    // One that another pull writes to is left alone.
    static void TryDelete(string path)
    {
        try
        {
            using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1))
                File.Delete(path);
        }
        catch (IOException)
        {
        }
    }
}
