using LocalOpinions.Common;

namespace LocalOpinions.Store.Connections;

/// <summary>A checked path that this process holds, so that it opens no file twice.</summary>
/// <remarks>
/// DuckDB's lock is one of the process: it does not stop a second database object on the same file in this process, and closing either
/// would drop the lock of both.
/// </remarks>
sealed class OpenPath : IDisposable
{
    static readonly HashSet<string> Held = [];
    readonly string _key;

    OpenPath(string fullPath, string key) => (FullPath, _key) = (fullPath, key);

    /// <summary>Rooted, which also keeps DuckDB from reading ":memory:" or "s3://..." as anything but a file name.</summary>
    public string FullPath { get; }

    public static OpenPath Claim(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
            throw new StoreException(StoreError.FileNotFound,
                "The path of the results file is empty or contains a NUL character. Give a file name.");
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new StoreException(StoreError.NotADatabase, $"{full} is a folder. Give the path of a file.");
        // DuckDB would wait on a pipe for ever.
        if (!FileStat.IsOrdinary(full))
            throw new StoreException(StoreError.NotADatabase, $"{full} {FileStat.NotOrdinary}. Give the path of a file.");
        if (LogOf(full) is var log && !FileStat.IsOrdinary(log))
            throw new StoreException(StoreError.NotADatabase,
                $"{log}, where DuckDB keeps the log of {full}, {FileStat.NotOrdinary}. Remove it, or give another path.");
        if (Path.GetDirectoryName(full) is not { } folder || !Directory.Exists(folder))
            throw new StoreException(StoreError.FileNotFound,
                $"The folder {Path.GetDirectoryName(full)} does not exist. Create it, or give another path.");
        // DuckDB would take what follows for a query, as in an address, and look for its log in the folder "Q.wal?A" for "Q?A".
        if (folder.Contains('?'))
            throw new StoreException(StoreError.FileNotFound, $"{full} lies in a folder with a question mark in its name, where DuckDB can "
                + $"keep no file. Rename the folder, or give another path.");

        var key = FinalTarget(full);
        lock (Held)
        {
            if (!Held.Add(key))
                throw new StoreException(StoreError.Locked, $"{full} is open in this process already. Close it there first.");
        }

        return new OpenPath(full, key);
    }

    /// <summary>The file that DuckDB keeps its log in: it takes what follows a question mark for a query, as in an address.</summary>
    public static string LogOf(string path) => path.IndexOf('?') is >= 0 and var at ? path.Insert(at, ".wal") : path + ".wal";

    static string FinalTarget(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        }
        catch (IOException e)
        {
            throw new StoreException(StoreError.Io, $"{path} is a link that leads nowhere. ({e.Message})", e);
        }
    }

    public void Dispose()
    {
        lock (Held)
            Held.Remove(_key);
    }
}
