using DuckDB.NET.Data;

namespace LocalOpinions.Store.Connections;

/// <summary>The name by which DuckDB.NET knows an open file.</summary>
/// <remarks>
/// DuckDB.NET shares one database per name in a process and takes A.duckdb and a.duckdb for one name. So each open database gets a name
/// that no other has: its path, with a "./" more for every other one.
/// </remarks>
sealed class DataSource : IDisposable
{
    // Compared as DuckDB.NET compares.
    static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase);
    readonly string _name;

    DataSource(string name) => _name = name;

    /// <param name="path">A rooted path.</param>
    public static DataSource Claim(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var name = path;
        lock (Taken)
        {
            while (!Taken.Add(name))
                name = $"{root}.{Path.DirectorySeparatorChar}{name[root.Length..]}";
        }

        return new(name);
    }

    /// <summary>Quoted where it has to be: a path may hold whatever a file system lets it.</summary>
    public string ConnectionString(IEnumerable<(string Name, string Value)> settings)
    {
        var builder = new DuckDBConnectionStringBuilder { DataSource = _name };
        foreach (var (name, value) in settings)
            builder[name] = value;
        return builder.ConnectionString;
    }

    public void Dispose()
    {
        lock (Taken)
            Taken.Remove(_name);
    }
}
