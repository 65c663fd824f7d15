using LocalOpinions.Store.Connections;

namespace LocalOpinions.Store.Schema;

/// <summary>Makes the schema in a new file, brings that of an earlier version up to date, and refuses what it does not know.</summary>
sealed class StoreSchema(SchemaDefinition definition, Connection connection, string path, bool readOnly)
{
    public void Ensure()
    {
        if (!HasColumn("schema_version"))
        {
            Create();
            return;
        }

        // Files of builds before version 1 carry a number, but not yet the hash.
        var found = HasColumn("views_sha256") ? connection.Scalar("SELECT schema_version FROM meta") as int? ?? 0 : 0;
        if (found > definition.Version)
            throw Refused($"{path} has schema version {found}; this program reads and writes version {definition.Version}. Use the "
                + $"program that wrote it, or a newer one.");
        if (found < definition.Version)
        {
            var steps = Enumerable.Range(found + 1, definition.Version - found).ToList();
            if (!readOnly || !steps.TrueForAll(definition.Additions.Contains))
                Migrate(found, steps);
        }
        else if (!readOnly && connection.Scalar("SELECT views_sha256 FROM meta") as string != definition.ViewsSha256)
            connection.InTransaction(RenewViews);
    }

    void Create()
    {
        // No table at all: a new file, or one whose maker was stopped before its first commit.
        var isEmpty = connection.Scalar("SELECT count(*) FROM duckdb_tables()") is 0L;
        if (!isEmpty || readOnly)
            throw Refused($"{path} is a DuckDB database, but holds no LocalOpinions results. Give another path; the file was not changed.");
        connection.InTransaction(() =>
        {
            connection.Execute(definition.Tables);
            connection.Execute(definition.Views);
            connection.Execute("INSERT INTO meta VALUES (?, ?, ?)", definition.Version, definition.ViewsSha256, DateTime.UtcNow);
        });
    }

    void Migrate(int found, List<int> steps)
    {
        if (found == 0 || steps.Exists(v => !definition.Migrations.ContainsKey(v)))
            throw Refused($"{path} has schema version {(found == 0 ? "0 (it was made before version 1)" : found)}, which this program "
                + $"cannot bring up to version {definition.Version}. Use the program that wrote it, or start a new file.");
        if (readOnly)
            throw new StoreException(StoreError.SchemaVersion, $"{path} has schema version {found}; this program reads version "
                + $"{definition.Version}. Opened once for writing, the file is brought up to date and keeps all it holds.")
            {
                OutdatedFile = path,
            };
        connection.InTransaction(() =>
        {
            // Views and macros first: they may name what a step removes.
            DropViews();
            foreach (var version in steps)
                connection.Execute(definition.Migrations[version]);
            connection.Execute("UPDATE meta SET schema_version = ?", definition.Version);
            MakeViews();
        });
    }

    void RenewViews()
    {
        DropViews();
        MakeViews();
    }

    void MakeViews()
    {
        connection.Execute(definition.Views);
        connection.Execute("UPDATE meta SET views_sha256 = ?", definition.ViewsSha256);
    }

    // All of the file's main schema are ours: an analyst's own views belong in another database or schema.
    void DropViews()
    {
        foreach (var view in Names("SELECT view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary AND database_name = "
            + "current_database() AND schema_name = 'main'"))
            connection.Execute($"DROP VIEW \"{view}\"");
        foreach (var (type, kind) in new[] { ("macro", "MACRO"), ("table_macro", "MACRO TABLE") })
        {
            foreach (var macro in Names("SELECT DISTINCT function_name FROM duckdb_functions() WHERE NOT internal "
                + $"AND function_type = '{type}' AND database_name = current_database() AND schema_name = 'main'"))
                connection.Execute($"DROP {kind} \"{macro}\"");
        }
    }

    List<string> Names(string sql) =>
        [.. connection.ReadValues<string>(sql).Select(name => name.Replace("\"", "\"\"", StringComparison.Ordinal))];

    bool HasColumn(string column) => connection.Scalar(
        "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'meta' AND column_name = ?", column) is not 0L;

    static StoreException Refused(string message) => new(StoreError.SchemaVersion, message);
}
