namespace LocalOpinions.Store;

/// <summary>What went wrong with a results file.</summary>
public enum StoreError
{
    /// <summary>DuckDB's library is missing, is no library, or is of another version.</summary>
    NativeLibrary,

    /// <summary>The file, or the folder that should hold it, is not there.</summary>
    FileNotFound,

    /// <summary>The path is no DuckDB database.</summary>
    NotADatabase,

    /// <summary>Another process, or another part of this one, has the file open.</summary>
    Locked,

    /// <summary>Writing was asked for and the file or the folder cannot be written.</summary>
    ReadOnly,

    /// <summary>A DuckDB database, and not one of ours or not of this version.</summary>
    SchemaVersion,

    /// <summary>The run's prompts are put together in another way than those it holds already.</summary>
    PlanConflict,

    /// <summary>Two files that should be merged contradict each other.</summary>
    MergeConflict,

    /// <summary>DuckDB refused a statement.</summary>
    Sql,

    /// <summary>A statement was ended by <see cref="Sql.SqlSession.Interrupt"/>.</summary>
    Interrupted,

    /// <summary>No room is left on the disk, or the file would pass a limit of the system.</summary>
    DiskFull,

    /// <summary>The file was deleted, moved or replaced by another one while it was in use.</summary>
    Replaced,

    /// <summary>Reading or writing failed.</summary>
    Io,
}

/// <summary>An error of the store; the message names the file and the remedy.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Creates the error.</summary>
    public StoreException(StoreError kind, string message, Exception? cause = null) : base(message, cause) => Kind = kind;

    /// <summary>The kind of error, for exit codes.</summary>
    public StoreError Kind { get; }

    /// <summary>
    /// The results file of an earlier version that would be brought up to date, with all it holds, by opening it for writing; null where
    /// the error is another.
    /// </summary>
    public string? OutdatedFile { get; init; }
}
