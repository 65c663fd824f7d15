using LocalOpinions.Store.Connections;

namespace LocalOpinions.Store.Merging;

/// <summary>A results file, attached to the open one's connection to be read, until it is disposed.</summary>
sealed class MergeSource : IDisposable
{
    readonly Connection _connection;
    readonly OpenPath _claim;
    readonly HashSet<string> _tables, _filled;

    /// <param name="connection">The open file's; not within a transaction.</param>
    /// <param name="path">The file.</param>
    /// <param name="name">What it is to be called in SQL.</param>
    public MergeSource(Connection connection, string path, string name)
    {
        (_connection, Name, Path) = (connection, name, System.IO.Path.GetFullPath(path));
        _claim = OpenPath.Claim(path);
        try
        {
            connection.Execute($"ATTACH {SqlText.Literal(_claim.FullPath)} AS {name} (READ_ONLY)");
            _tables = [.. connection.ReadValues<string>("SELECT table_name FROM duckdb_tables() WHERE database_name = ?", name)];
            _filled = [.. connection.ReadValues<string>(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND estimated_size > 0", name)];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What it is called in SQL.</summary>
    public string Name { get; }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Whether it has a table; files of earlier versions lack those that came since.</summary>
    public bool Knows(string table) => _tables.Contains(table);

    /// <summary>Whether it has any row of a table.</summary>
    public bool Has(string table) => _filled.Contains(table);

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Execute($"DETACH DATABASE IF EXISTS {Name}");
        _claim.Dispose();
    }
}
