namespace LocalOpinions.Store.Tests;

/// <summary>A folder of its own for each test, gone afterwards.</summary>
public abstract class StoreTest : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("localopinions-store-").FullName;

    protected string File(string name = "results.duckdb") => Path.Combine(_folder, name);

    // To make the schema takes DuckDB half a second, and most tests are about something else.
    static readonly Lazy<byte[]> s_empty = new(() =>
    {
        var path = Path.GetTempFileName();
        System.IO.File.Delete(path);
        ResultsFile.Open(path).Dispose();
        var bytes = System.IO.File.ReadAllBytes(path);
        System.IO.File.Delete(path);
        return bytes;
    });

    /// <summary>A results file that holds nothing yet, open for writing.</summary>
    protected ResultsFile Fresh(string name = "results.duckdb")
    {
        System.IO.File.WriteAllBytes(File(name), s_empty.Value);
        return ResultsFile.Open(File(name));
    }

    protected static object? Scalar(ResultsFile results, string sql, params object?[] values)
    {
        using var query = results.Query(sql, values);
        return query.Rows.First()[0];
    }

    /// <summary>A query's rows, the cells of each joined by bars.</summary>
    protected static List<string> Texts(ResultsFile results, string sql)
    {
        using var query = results.Query(sql);
        return [.. query.Rows.Select(r => string.Join('|', r))];
    }

    protected static StoreException Fails(StoreError kind, Action action)
    {
        var error = Assert.Throws<StoreException>(action);
        Assert.Equal(kind, error.Kind);
        return error;
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
