namespace LocalOpinions.Store;

/// <summary>Makes the schema in a new file and refuses a file that has another.</summary>
static class StoreSchema
{
    public const int Version = 1;

    public static void Ensure(Connection connection, string path, bool readOnly)
    {
        if (connection.Scalar("SELECT count(*) FROM duckdb_columns() WHERE table_name = 'meta' AND column_name = 'schema_version'") is not 0L)
        {
            var found = connection.Scalar("SELECT schema_version FROM meta");
            if (found is not Version)
                throw new StoreException(StoreError.SchemaVersion, $"{path} has schema version {found ?? "none"}; this program reads and writes version {Version}. Use the program that wrote it, or start a new file.");
            return;
        }

        // No table at all: a new file, or one whose maker was stopped before its first commit.
        var isEmpty = connection.Scalar("SELECT count(*) FROM duckdb_tables()") is 0L;
        if (!isEmpty || readOnly)
            throw new StoreException(StoreError.SchemaVersion, $"{path} is a DuckDB database, but holds no LocalOpinions results. Give another path; the file was not changed.");
        connection.InTransaction(() =>
        {
            connection.Execute(Text("schema.sql"));
            connection.Execute(Text("views.sql"));
            connection.Execute("INSERT INTO meta VALUES (?, ?)", Version, DateTime.UtcNow);
        });
    }

    public static string Text(string name)
    {
        using var stream = typeof(StoreSchema).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in this assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
