namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>Runs SQL on a connection of its own and streams the result.</summary>
    /// <param name="sql">One or more statements; the result is the last one's.</param>
    /// <param name="values">
    /// Values for the <c>?</c> of the last statement, in order: bool, int, long, double, DateTime (UTC), string or null.
    /// Text from outside belongs here, never into <paramref name="sql"/>.
    /// </param>
    /// <exception cref="StoreException">DuckDB refuses the statement; the message is DuckDB's.</exception>
    public QueryResult Query(string sql, params ReadOnlySpan<object?> values)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var connection = _database.Connect();
            try
            {
                var query = new QueryResult(connection.Stream(sql, values), ended =>
                {
                    connection.Dispose();
                    Forget(ended);
                });
                _readers.Add(query);
                return query;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
    }

    /// <summary>Opens a connection for statements that build on each other.</summary>
    public SqlSession OpenSession()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var session = new SqlSession(_database.Connect(), Forget);
            _readers.Add(session);
            return session;
        }
    }

    void Forget(IDisposable reader)
    {
        lock (_gate)
            _readers.Remove(reader);
    }
}
