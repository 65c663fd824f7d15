using System.Globalization;
using System.Text.RegularExpressions;
using LocalOpinions.Store.Native;

namespace LocalOpinions.Store;

/// <summary>An open database. Everything that came from it must be disposed before it.</summary>
sealed partial class Database : IDisposable
{
    readonly bool _extensions;
    DatabaseHandle _handle;

    Database(DatabaseHandle handle, StoreOptions options) => (_handle, _extensions, Threads) = (handle, options.Extensions, options.Threads);

    /// <summary>The threads that it was opened with.</summary>
    public int Threads { get; }

    public static Database Open(string path, bool readOnly, StoreOptions options)
    {
        DuckDbLibrary.Require();
        if (DuckDb.CreateConfig(out var config) != DuckDb.Success)
            throw new StoreException(StoreError.Io, "DuckDB has no memory for its configuration.");
        try
        {
            Set(config, "access_mode", readOnly ? "READ_ONLY" : "READ_WRITE");
            Set(config, "threads", options.Threads.ToString(CultureInfo.InvariantCulture));
            Set(config, "memory_limit", options.MemoryLimit);
            // A query never reaches for the network: an extension that is not built in is an error, not a download.
            Set(config, "autoinstall_known_extensions", "false");
            Set(config, "autoload_known_extensions", "false");
            Set(config, "allow_community_extensions", "false");
            if (DuckDb.Open(path, out var handle, config, out var error) == DuckDb.Success)
                return new Database(handle, options);
            throw Explain(path, NativeText.Owned(error) ?? "DuckDB gave no reason.");
        }
        finally
        {
            DuckDb.DestroyConfig(ref config);
        }
    }

    public Connection Connect() =>
        DuckDb.Connect(_handle, out var connection) == DuckDb.Success
            ? new Connection(connection, _extensions)
            : throw new StoreException(StoreError.Io, "DuckDB gave no connection to an open database.");

    public void Dispose() => DuckDb.Close(ref _handle);

    static void Set(ConfigHandle config, string name, string value)
    {
        if (DuckDb.SetConfig(config, name, value) != DuckDb.Success)
            throw new StoreException(StoreError.Sql, $"DuckDB does not take \"{value}\" for its setting {name}.");
    }

    static StoreException Explain(string path, string message)
    {
        if (message.Contains("Could not set lock", StringComparison.Ordinal))
        {
            var holder = HolderPid().Match(message);
            var who = holder.Success ? $"process {holder.Groups[1].Value}" : "another process";
            return new(StoreError.Locked, $"{path} is open in {who}. Wait until it has finished, or end it, and try again. ({message})");
        }

        // DuckDB knows some foreign formats by their first bytes and asks for the extension that reads them.
        if (message.Contains("not a valid DuckDB", StringComparison.Ordinal) || message.Contains("extension", StringComparison.Ordinal))
            return new(StoreError.NotADatabase, $"{path} is not a DuckDB database. Give another path; the file was not changed.");
        if (message.Contains("Corrupt database", StringComparison.Ordinal) || message.Contains("Could not read enough bytes", StringComparison.Ordinal))
            return new(StoreError.NotADatabase, $"{path} is a damaged DuckDB database. Restore it from a copy, or start a new file. ({message})");
        if (message.Contains("we can only read versions", StringComparison.Ordinal))
            return new(StoreError.SchemaVersion, $"{path} was written by another DuckDB than {DuckDbLibrary.ExpectedVersion} can read. Open it with that version, or start a new file. ({message})");
        if (message.Contains("Permission denied", StringComparison.Ordinal) || message.Contains("Read-only file system", StringComparison.Ordinal))
            return new(StoreError.ReadOnly, $"{path} cannot be opened: no permission. Choose a file and a folder that you may write. ({message})");
        if (message.Contains("No space left on device", StringComparison.Ordinal))
            return new(StoreError.DiskFull, $"{path} cannot be written: there is no room left on its disk. Free some, or choose another place. ({message})");
        if (message.Contains(DuckDbError.FileTooLarge, StringComparison.Ordinal))
            return new(StoreError.DiskFull, $"{path} may not grow as large as it must. Raise the limit (ulimit -f) and try again. ({message})");
        return message.StartsWith("IO Error", StringComparison.Ordinal)
            ? new(StoreError.Io, $"{path} cannot be opened. ({message})")
            : new(StoreError.NotADatabase, $"{path} cannot be opened as a DuckDB database; it may be damaged. ({message})");
    }

    [GeneratedRegex(@"\(PID (\d+)\)")]
    private static partial Regex HolderPid();
}
