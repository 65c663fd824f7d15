using LocalOpinions.Store.Reading;
using LocalOpinions.Store.Sql;

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

    /// <summary>Runs a query and makes a record of each row, by the names of its columns: <c>run_id</c> is <c>RunId</c>.</summary>
    /// <inheritdoc cref="Query"/>
    /// <typeparam name="T">
    /// A record, positional or with init properties, with a property for each column and no other. A double that is NULL becomes NaN.
    /// </typeparam>
    /// <exception cref="InvalidOperationException">The columns and <typeparamref name="T"/> do not fit.</exception>
    public IReadOnlyList<T> Read<T>(string sql, params ReadOnlySpan<object?> values) where T : class
    {
        using var query = Query(sql, values);
        return [.. RowMapper<T>.Read(query)];
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
