using LocalOpinions.Store.Connections;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>Hands this file's connections to work in bulk, that is to Analysis, with every other member waiting meanwhile.</summary>
    internal T InBulk<T>(Func<BulkAccess, T> work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return work(new(_connection, _database.Connect, _database.Threads, Write));
        }
    }
}

/// <summary>What work in bulk has of a results file.</summary>
/// <param name="Connection">The writer's own connection.</param>
/// <param name="Connect">Opens a further connection, the caller's to dispose of.</param>
/// <param name="Threads">Threads that DuckDB may use.</param>
/// <param name="Write">Runs something as one transaction on <paramref name="Connection"/>.</param>
sealed record BulkAccess(Connection Connection, Func<Connection> Connect, int Threads, Action<Action> Write);
