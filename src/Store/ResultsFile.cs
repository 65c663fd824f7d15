using LocalOpinions.Common;
using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Functions;
using LocalOpinions.Store.Native;
using LocalOpinions.Store.Schema;

namespace LocalOpinions.Store;

/// <summary>One DuckDB file with models, surveys, runs, answers and similarities.</summary>
/// <remarks>
/// One writer: a second process, and a second <see cref="ResultsFile"/> on the same path in this process, are refused. Members may be
/// called from any thread; writers wait for each other. Every method that writes is one transaction: after a crash the file holds all of it
/// or nothing of it. Any member can throw <see cref="StoreException"/>.
/// </remarks>
public sealed partial class ResultsFile : IDisposable
{
    readonly Lock _gate = new();
    readonly OpenPath _openPath;
    readonly Database _database;
    readonly Connection _connection;
    readonly HashSet<IDisposable> _readers = [];
    bool _disposed;

    ResultsFile(OpenPath openPath, bool readOnly, StoreOptions options, SchemaDefinition schema)
    {
        _openPath = openPath;
        IsReadOnly = readOnly;
        Database? database = null;
        try
        {
            database = Database.Open(openPath.FullPath, readOnly, options);
            _connection = database.Connect();
            _database = database;
            SimdFunctions.Register(_connection);
            database.ConnectWith = new StoreSchema(schema, _connection, openPath.FullPath, readOnly).Ensure();
            Identity = FileStat.Identity(openPath.FullPath) ?? throw Replaced(openPath.FullPath);
        }
        catch
        {
            _connection?.Dispose();
            database?.Dispose();
            openPath.Dispose();
            throw;
        }
    }

    /// <summary>The version of DuckDB's library, for example "v1.5.6".</summary>
    /// <exception cref="StoreException">It is missing, is no library, or is of another version.</exception>
    public static string LibraryVersion => DuckDbLibrary.Require();

    /// <summary>Whether a path is neither device, pipe nor socket; true where there is nothing. The file is not opened.</summary>
    public static bool IsOrdinaryFile(string path) => FileStat.IsOrdinary(path);

    /// <summary>The file's full path.</summary>
    public string FullPath => _openPath.FullPath;

    /// <summary>
    /// Which file this is, whatever it is called: by <see cref="StoreOptions.Identity"/> it is opened again and no other one.
    /// </summary>
    public string Identity { get; }

    /// <summary>Whether writing is refused.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Opens a file for reading and writing; makes it, with its schema, where it is absent.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="options">What DuckDB may use; null for <see cref="StoreOptions.Default"/>.</param>
    /// <exception cref="StoreException">The message names the file and the remedy; an existing file is left as it was.</exception>
    public static ResultsFile Open(string path, StoreOptions? options = null) => Open(path, options, SchemaDefinition.Current);

    /// <summary>Opens an existing file for reading; several processes may do so at once while none writes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What DuckDB may use; null for <see cref="StoreOptions.Default"/>.</param>
    /// <exception cref="StoreException">The message names the file and the remedy.</exception>
    public static ResultsFile OpenReadOnly(string path, StoreOptions? options = null) =>
        OpenReadOnly(path, options, SchemaDefinition.Current);

    internal static ResultsFile OpenReadOnly(string path, StoreOptions? options, SchemaDefinition schema)
    {
        var openPath = Claim(path, options);
        if (File.Exists(openPath.FullPath))
            return new(openPath, readOnly: true, options ?? StoreOptions.Default, schema);
        openPath.Dispose();
        throw new StoreException(StoreError.FileNotFound,
            $"{openPath.FullPath} does not exist. Give the path of a results file that a run has written.");
    }

    /// <summary>Closes the file; queries and sessions that are still open end with it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            // Connections before their database.
            foreach (var reader in _readers.ToArray())
                reader.Dispose();
            _connection.Dispose();
            _database.Dispose();
            DropLogOfLost();
            _openPath.Dispose();
        }
    }

    void Write(Action body)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (IsReadOnly)
                throw new StoreException(StoreError.ReadOnly, $"{FullPath} is open for reading only.");
            RequireNotLost();
            RequireOwnLog();
            _connection.InTransaction(body);
            RequireInPlace();
        }
    }

    T Write<T>(Func<T> body)
    {
        T value = default!;
        Write(() => { value = body(); });
        return value;
    }
}
