using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Schema;

namespace LocalOpinions.Store.Tests;

/// <summary>Files of other schema versions.</summary>
public sealed class MigrationTests : StoreTest
{
    static readonly SchemaDefinition s_next = SchemaDefinition.Current with
    {
        Version = SchemaDefinition.CurrentVersion + 2,
        Views = SchemaDefinition.Current.Views + "CREATE VIEW weights AS SELECT name, grams FROM models;",
        Migrations = new Dictionary<int, string>
        {
            [SchemaDefinition.CurrentVersion + 1] = "ALTER TABLE models ADD COLUMN weight INTEGER; UPDATE models SET weight = 7;",
            [SchemaDefinition.CurrentVersion + 2] = "ALTER TABLE models RENAME COLUMN weight TO grams;",
        },
    };

    [Fact]
    public void An_earlier_file_is_brought_up_to_date_and_keeps_what_it_holds()
    {
        Fill();
        var error = Fails(StoreError.SchemaVersion, () => ResultsFile.OpenReadOnly(File(), null, s_next));
        Assert.Equal(File(), error.OutdatedFile);

        ResultsFile.Open(File(), null, s_next).Dispose();
        using var results = ResultsFile.OpenReadOnly(File(), null, s_next);
        using var query = results.Query("SELECT (SELECT schema_version FROM meta), name, grams, (SELECT count(*) FROM "
            + "country_similarity), similarity_bits([1, 0], [1, 0]) FROM weights");
        Assert.Equal([s_next.Version, "tiny", 7, 3L, 1.0], Assert.Single(query.Rows));
    }

    [Fact]
    public void A_file_of_version_one_becomes_what_a_new_file_is_and_keeps_its_countries()
    {
        const string Columns = "SELECT table_name, column_name, column_index, data_type, is_nullable, comment FROM duckdb_columns() WHERE "
            + "NOT internal AND schema_name = 'main' ORDER BY ALL";
        var tables = SchemaDefinition.Current.Tables.Split('\n').Where(l => !l.Contains("wave", StringComparison.Ordinal));
        var one = SchemaDefinition.Current with
        {
            Version = 1,
            Tables = string.Join('\n', tables).Replace("subregion VARCHAR,", "subregion VARCHAR", StringComparison.Ordinal)
        };
        using (var early = Database.Open(File(), readOnly: false, StoreOptions.Default))
        using (var connection = early.Connect())
        {
            new StoreSchema(one, connection, File(), readOnly: false).Ensure();
            connection.Execute("INSERT INTO countries VALUES (1, 1, 'Kenya', 'Kenya', 'KEN', 'national', 'Africa', 'Eastern Africa')");
        }

        using (var results = ResultsFile.Open(File()))
        {
            Assert.Equal("Kenya", Scalar(results, "SELECT label FROM countries WHERE wave IS NULL"));
            using var fresh = ResultsFile.Open(File("new.duckdb"));
            using var migrated = results.Query(Columns);
            using var made = fresh.Query(Columns);
            Assert.Equal(made.Rows, migrated.Rows);
        }
    }

    [Fact]
    public void A_migration_that_fails_changes_nothing()
    {
        Fill();
        var broken = s_next with
        {
            Migrations = new Dictionary<int, string>(s_next.Migrations)
            { [s_next.Version] = "ALTER TABLE models RENAME COLUMN nowhere TO grams" }
        };
        Assert.Throws<StoreException>(() => ResultsFile.Open(File(), null, broken));
        using var results = ResultsFile.Open(File());
        Assert.Equal(3L, Scalar(results, "SELECT count(*) FROM country_similarity"));
        Assert.Equal(
            0L, Scalar(
            results, "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'models' AND column_name IN ('weight', 'grams')"));
    }

    [Fact]
    public void A_version_without_a_way_up_and_a_later_one_are_named()
    {
        Fill();
        var noWay = s_next with { Migrations = new Dictionary<int, string> { [s_next.Version] = "SELECT 1" } };
        Assert.Contains($"version {SchemaDefinition.CurrentVersion}",
            Fails(StoreError.SchemaVersion, () => ResultsFile.Open(File(), null, noWay)).Message, StringComparison.Ordinal);
        ResultsFile.Open(File(), null, s_next).Dispose();
        foreach (var open in new Action[] { () => ResultsFile.Open(File()), () => ResultsFile.OpenReadOnly(File()) })
            Assert.Contains($"version {s_next.Version}", Fails(StoreError.SchemaVersion, open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_from_before_version_one_is_refused()
    {
        using (var early = Database.Open(File(), readOnly: false, StoreOptions.Default))
        using (var connection = early.Connect())
            connection.Execute(
                "CREATE TABLE meta (schema_version INTEGER, created_at TIMESTAMP); INSERT INTO meta VALUES (1, now()::TIMESTAMP)");
        var error = Fails(StoreError.SchemaVersion, () => ResultsFile.Open(File()));
        Assert.Contains("before version 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("we'ird \"x\".y, z")]
    [InlineData("temp")]
    public void A_file_of_any_name_is_read_by_the_views_of_now(string name)
    {
        var path = File(name + ".duckdb");
        ResultsFile.Open(path, null, SchemaDefinition.Current with { Views = "CREATE VIEW gone AS SELECT 3 AS y;" }).Dispose();
        using var results = ResultsFile.OpenReadOnly(path);
        Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM country_similarity"));
    }

    [Fact]
    public void Views_and_macros_of_another_build_are_made_anew_when_the_file_is_opened_for_writing()
    {
        var other = SchemaDefinition.Current with
        {
            Views = "CREATE VIEW country_similarity AS SELECT 1 AS x; CREATE MACRO "
            + "similarity_bits(p, q) AS 2; CREATE VIEW gone AS SELECT 3 AS y;"
        };
        ResultsFile.Open(File(), null, other).Dispose();
        var bytes = System.IO.File.ReadAllBytes(File());
        // Read only, the file stays as it was made, and is read by this build's views.
        using (var results = ResultsFile.OpenReadOnly(File()))
        {
            Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM country_similarity"));
            Assert.Equal(1.0, Scalar(results, "SELECT similarity_bits([1, 0], [1, 0])"));
            Assert.Equal(3, Scalar(results, "SELECT y FROM gone"));
            Fails(StoreError.ReadOnly, () => results.Query("DELETE FROM models"));
        }

        Assert.Equal(bytes, System.IO.File.ReadAllBytes(File()));
        using (var results = ResultsFile.Open(File()))
        {
            Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM country_similarity"));
            Assert.Equal(1.0, Scalar(results, "SELECT similarity_bits([1, 0], [1, 0])"));
            Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM duckdb_views() WHERE view_name = 'gone'"));
        }
    }

    void Fill()
    {
        using var results = ResultsFile.Open(File());
        Sample.FillAndScore(results);
    }
}
