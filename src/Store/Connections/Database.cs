using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using LocalOpinions.Store.Native;

namespace LocalOpinions.Store.Connections;

/// <summary>An open database. Everything that came from it must be disposed before it.</summary>
/// <remarks>DuckDB.NET closes a file with its last connection: one of our own keeps it open as long as this object lives.</remarks>
sealed partial class Database : IDisposable
{
    readonly DataSource _source;
    readonly DuckDBConnection _keeper;

    Database(DataSource source, DuckDBConnection keeper, StoreOptions options) =>
        (_source, _keeper, Extensions, Threads) = (source, keeper, options.Extensions, options.Threads);

    /// <summary>Whether SQL may fetch extensions.</summary>
    public bool Extensions { get; }

    /// <summary>The threads that it was opened with.</summary>
    public int Threads { get; }

    /// <summary>SQL that every connection made from now on begins with; null for none.</summary>
    public string? ConnectWith { get; set; }

    public static Database Open(string path, bool readOnly, StoreOptions options)
    {
        DuckDbLibrary.Require();
        (string Name, string Value)[] settings =
        [
            ("access_mode", readOnly ? "READ_ONLY" : "READ_WRITE"),
            ("threads", options.Threads.ToString(CultureInfo.InvariantCulture)),
            ("memory_limit", options.MemoryLimit),
            // A query never reaches for the network: an extension that is not built in is an error, not a download.
            ("autoinstall_known_extensions", "false"),
            ("autoload_known_extensions", "false"),
            ("allow_community_extensions", "false"),
        ];
        // In a connection string a setting without a value is left out.
        if (Array.Find(settings, s => string.IsNullOrWhiteSpace(s.Value)) is { Name: not null } empty)
            throw NotTaken(empty.Name, empty.Value);
        var source = DataSource.Claim(path);
        var keeper = new DuckDBConnection(source.ConnectionString(settings));
        try
        {
            keeper.Open();
            if (IsInMemory(keeper))
                throw NotADatabase(path);
            return new Database(source, keeper, options);
        }
        catch (StoreException)
        {
            keeper.Dispose();
            source.Dispose();
            throw;
        }
        catch (DuckDBException e)
        {
            source.Dispose();
            keeper.Dispose();
            throw Array.Find(settings, s => e.Message == $"Error setting '{s.Name}' to '{s.Value}'") is { Name: not null } wrong
                ? NotTaken(wrong.Name, wrong.Value)
                : Explain(path, e.Message.StartsWith(OpenFailed, StringComparison.Ordinal) ? e.Message[OpenFailed.Length..] : e.Message);
        }
    }

    public Connection Connect()
    {
        var connection = new DuckDBConnection(_keeper.ConnectionString);
        try
        {
            connection.Open();
            if (ConnectWith is { } sql)
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                command.ExecuteNonQuery();
            }

            return new Connection(connection, Extensions);
        }
        catch (DuckDBException e)
        {
            connection.Dispose();
            throw new StoreException(StoreError.Io, "DuckDB gave no connection to an open database.", e);
        }
    }

    public void Dispose()
    {
        _keeper.Dispose();
        _source.Dispose();
    }

    // For a table that it reads itself (CSV, JSON, Parquet, by the file's name) DuckDB opens an empty database in memory, and takes in
    // without a word what is then written for good nowhere.
    static bool IsInMemory(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT path IS NULL FROM duckdb_databases() WHERE database_name = current_database()";
        return command.ExecuteScalar() is true;
    }

    static StoreException NotADatabase(string path) =>
        new(StoreError.NotADatabase, $"{path} is not a DuckDB database. Give another path; the file was not changed.");

    static StoreException NotTaken(string name, string value) =>
        new(StoreError.Sql, $"DuckDB does not take \"{value}\" for its setting {name}.");

    static StoreException Explain(string path, string message)
    {
        if (message.Contains("Could not set lock", StringComparison.Ordinal))
        {
            var holder = HolderPid().Match(message);
            var who = holder.Success ? $"process {holder.Groups[1].Value}" : "another process";
            return new(StoreError.Locked, $"{path} is open in {who}. Wait until it has finished, or end it, and try again. ({message})");
        }

        // DuckDB knows some foreign formats by their first bytes and asks for the extension that reads them.
        if (message.Contains("not a valid DuckDB", StringComparison.Ordinal) || message.Contains("extension", StringComparison.Ordinal)
            || message.Contains("Cannot launch in-memory database", StringComparison.Ordinal))
            return NotADatabase(path);
        if (message.Contains("Corrupt database", StringComparison.Ordinal)
            || message.Contains("Could not read enough bytes", StringComparison.Ordinal))
            return new(
                StoreError.NotADatabase, $"{path} is a damaged DuckDB database. Restore it from a copy, or start a new file. ({message})");
        if (message.Contains("we can only read versions", StringComparison.Ordinal))
            return new(StoreError.SchemaVersion, $"{path} was written by another DuckDB than {DuckDbLibrary.ExpectedVersion} can read. "
                + $"Open it with that version, or start a new file. ({message})");
        if (message.Contains("Permission denied", StringComparison.Ordinal)
            || message.Contains("Read-only file system", StringComparison.Ordinal))
            return new(
                StoreError.ReadOnly, $"{path} cannot be opened: no permission. Choose a file and a folder that you may write. ({message})");
        if (message.Contains("No space left on device", StringComparison.Ordinal))
            return new(
                StoreError.DiskFull,
                $"{path} cannot be written: there is no room left on its disk. Free some, or choose another place. ({message})");
        if (message.Contains(DuckDbError.FileTooLarge, StringComparison.Ordinal))
            return new(
                StoreError.DiskFull, $"{path} may not grow as large as it must. Raise the limit (ulimit -f) and try again. ({message})");
        return message.StartsWith("IO Error", StringComparison.Ordinal)
            ? new(StoreError.Io, $"{path} cannot be opened. ({message})")
            : new(StoreError.NotADatabase, $"{path} cannot be opened as a DuckDB database; it may be damaged. ({message})");
    }

    // What DuckDB.NET puts before DuckDB's own message.
    const string OpenFailed = "DuckDBOpen failed: ";

    [GeneratedRegex(@"\(PID (\d+)\)")]
    private static partial Regex HolderPid();
}
