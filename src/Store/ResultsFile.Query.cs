using LocalOpinions.Store.Mapping;
using LocalOpinions.Store.Sql;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>Runs SQL on a connection of its own and streams the result.</summary>
    /// <param name="sql">One or more statements; the result is the last one's.</param>
    /// <param name="values">Values for the <c>?</c> of the last statement, in order: bool, int, long, double, DateTime (UTC), string or
    /// null. Text from outside belongs here, never into <paramref name="sql"/>.</param>
    /// <exception cref="StoreException">DuckDB refuses the statement; the message is DuckDB's.</exception>
    public QueryResult Query(string sql, params ReadOnlySpan<object?> values) => Ask(sql, values, asText: false);

    /// <summary>The same for a text file: what is no plain number or text arrives as DuckDB's own text for it.</summary>
    /// <inheritdoc cref="Query"/>
    public QueryResult QueryText(string sql, params ReadOnlySpan<object?> values) => Ask(sql, values, asText: true);

    QueryResult Ask(string sql, ReadOnlySpan<object?> values, bool asText)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var connection = _database.Connect();
            try
            {
                var result = asText
                    ? connection.StreamAsText(TextQuery.RunToLast(connection, sql), values) : connection.Stream(sql, values);
                var query = new QueryResult(result, ended =>
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
    /// <typeparam name="T">A record, positional or with init properties, with a property for each column and no other. A double that is
    /// NULL becomes NaN.</typeparam>
    /// <exception cref="InvalidOperationException">The columns and <typeparamref name="T"/> do not fit.</exception>
    public IReadOnlyList<T> Read<T>(string sql, params ReadOnlySpan<object?> values) where T : class => [.. Stream<T>(sql, values)];

    /// <summary>The same for a result that may be large: the query runs while the caller enumerates, once more each time.</summary>
    /// <inheritdoc cref="Read"/>
    public IEnumerable<T> Stream<T>(string sql, params ReadOnlySpan<object?> values) where T : class
    {
        var kept = values.ToArray();
        return Streamed();

        IEnumerable<T> Streamed()
        {
            using var query = Query(sql, kept);
            var make = RowMapper<T>.Of([.. query.Columns.Select(c => c.Name)]);
            foreach (var row in query.Rows)
                yield return make(row);
        }
    }

    /// <summary>The values of a query that has one column.</summary>
    /// <inheritdoc cref="Query"/>
    /// <typeparam name="T">int, long or double, of a number of any width that fits; bool, string or DateTime; nullable where one can be
    /// NULL. A double that is NULL becomes NaN.</typeparam>
    /// <exception cref="InvalidOperationException">There is more than one column, or a value is no <typeparamref name="T"/>.</exception>
    public IReadOnlyList<T> ReadValues<T>(string sql, params ReadOnlySpan<object?> values)
    {
        using var query = Query(sql, values);
        return SingleColumn.Of<T>([.. query.Columns.Select(c => c.Name)], query.Rows);
    }

    /// <summary>Opens a connection for statements that build on each other.</summary>
    /// <param name="whyKept">Says of a file that a statement would replace or change what it is, where it must stay, and null where it need
    /// not; without it databases stay.</param>
    public SqlSession OpenSession(Func<string, string?>? whyKept = null)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var session = new SqlSession(_database.Connect(), Forget,
                sql => WriteRule.Require(sql, IsReadOnly, _database.Extensions, whyKept ?? DatabaseFile.Kind));
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
