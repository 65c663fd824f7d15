using LocalOpinions.Store.Connections;

namespace LocalOpinions.Store.Schema;

/// <summary>
/// Makes the schema in a new file, brings that of an earlier version up to date, and refuses what it does not know. A file that is only
/// read stays as it is.
/// </summary>
sealed class StoreSchema(SchemaDefinition definition, Connection connection, string path, bool readOnly)
{
    /// <returns>SQL that each further connection must begin with; null for none.</returns>
    public string? Ensure()
    {
        if (!HasColumn("schema_version"))
        {
            Create();
            return null;
        }

        // Files of builds before version 1 carry a number, but not yet the hash.
        var found = HasColumn("views_sha256") ? connection.Scalar("SELECT schema_version FROM meta") as int? ?? 0 : 0;
        if (found > definition.Version)
            throw Refused($"{path} has schema version {found}; this program reads and writes version {definition.Version}. Use the "
                + $"program that wrote it, or a newer one.");
        List<int> steps = [.. Enumerable.Range(found + 1, definition.Version - found)];
        if (steps.Count == 0 && connection.Scalar("SELECT views_sha256 FROM meta") as string == definition.ViewsSha256)
            return null;
        if (readOnly && found > 0 && steps.TrueForAll(definition.Additions.Contains))
            return MakeViewsBeside(steps);
        if (steps.Count > 0)
            Migrate(found, steps);
        else
            connection.InTransaction(RenewViews);
        return null;
    }

    /// <summary>
    /// A file that may not be written is read by this program's views, not by those of the one that made it: they, and tables that the
    /// file has not yet, stand in a database in memory, whose names go before the file's.
    /// </summary>
    string MakeViewsBeside(List<int> steps)
    {
        var file = (string)connection.Scalar("SELECT current_database()")!;
        var searchPath = $"SET search_path = {SqlText.Literal($"{SqlText.Name($"{file}_views")}.main,{SqlText.Name(file)}.main")}";
        connection.Execute($"ATTACH ':memory:' AS {SqlText.Name($"{file}_views")} (READ_WRITE)");
        connection.Execute(searchPath);
        connection.InTransaction(() =>
        {
            foreach (var version in steps)
                connection.Execute(definition.Migrations[version]);
            connection.Execute(definition.Views);
        });
        return searchPath;
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
        const string Ours = "NOT internal AND database_name = current_database() AND schema_name = 'main'";
        foreach (var view in connection.ReadValues<string>($"SELECT view_name FROM duckdb_views() WHERE NOT temporary AND {Ours}"))
            connection.Execute($"DROP VIEW {SqlText.Name(view)}");
        foreach (var (type, kind) in new[] { ("macro", "MACRO"), ("table_macro", "MACRO TABLE") })
        {
            foreach (var macro in connection.ReadValues<string>(
                $"SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = '{type}' AND {Ours}"))
                connection.Execute($"DROP {kind} {SqlText.Name(macro)}");
        }
    }

    bool HasColumn(string column) => connection.Scalar(
        "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'meta' AND column_name = ?", column) is not 0L;

    static StoreException Refused(string message) => new(StoreError.SchemaVersion, message);
}
