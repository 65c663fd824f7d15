using LocalOpinions.Store.Output;
using LocalOpinions.Store.Sql;

namespace LocalOpinions.Store.Tests;

public sealed class SqlSessionTests : StoreTest
{
    [Fact]
    public void Statements_of_a_session_build_on_each_other_and_leave_nothing_behind()
    {
        Fresh().Dispose();
        using var results = ResultsFile.OpenReadOnly(File());
        using (var session = results.OpenSession())
        {
            session.Query("CREATE TEMP TABLE t AS SELECT 42 AS x").Dispose();
            session.Query("SET VARIABLE y = 1").Dispose();
            Assert.Equal(43, First(session, "SELECT x + getvariable('y') FROM t"));
        }

        using var other = results.OpenSession();
        Assert.Throws<StoreException>(() => other.Query("FROM t"));
    }

    [Fact]
    public void A_query_that_is_not_read_to_its_end_makes_room_for_the_next()
    {
        using var results = Fresh();
        using var session = results.OpenSession();
        var first = session.Query("SELECT * FROM range(1000000)");
        Assert.Equal(0L, first.Rows.First()[0]);
        Assert.Equal(7, First(session, "SELECT 7"));
    }

    [Fact]
    public async Task A_long_statement_is_interrupted_and_the_session_goes_on()
    {
        using var results = Fresh();
        using var session = results.OpenSession();
        var work = Task.Run(() => Fails(StoreError.Interrupted, () =>
            First(session, "SELECT count(*) FROM range(1000000000000) AS t(i) WHERE i % 7 = 3")));
        while (!work.IsCompleted)
        {
            session.Interrupt();
            await Task.Delay(20);
        }

        await work;
        Assert.Equal(1, First(session, "SELECT 1"));
    }

    [Theory]
    [InlineData("INSTALL httpfs")]
    [InlineData("FORCE INSTALL httpfs FROM 'http://localhost:1/'")]
    [InlineData("LOAD httpfs")]
    [InlineData("LOAD '/tmp/any.duckdb_extension'")]
    [InlineData("UPDATE EXTENSIONS")]
    [InlineData("SELECT 1; INSTALL httpfs; SELECT 2")]
    [InlineData("SET autoinstall_known_extensions = true")]
    [InlineData("SET GLOBAL \"Autoload_known_extensions\" = 1")]
    [InlineData("PRAGMA autoload_known_extensions=true; FROM 'https://localhost:1/x.csv'")]
    public void Nothing_is_fetched_from_the_network(string sql)
    {
        using var results = Fresh();
        using var session = results.OpenSession();
        Assert.Contains("switched off", Fails(StoreError.Sql, () => session.Query(sql)).Message, StringComparison.Ordinal);
        if (!sql.Contains("auto", StringComparison.OrdinalIgnoreCase))
            Assert.Contains("switched off", Fails(StoreError.Sql, () => results.Query(sql)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FROM 'https://localhost:1/x.csv'")]
    [InlineData("FROM read_parquet('s3://bucket/x.parquet')")]
    [InlineData("ATTACH 'https://localhost:1/x.duckdb' AS x")]
    public void A_remote_file_is_an_error_and_no_download(string sql)
    {
        using var results = Fresh();
        using var session = results.OpenSession();
        var message = Assert.Throws<StoreException>(() => session.Query(sql)).Message;
        Assert.Contains("httpfs", message, StringComparison.Ordinal);
        Assert.DoesNotContain("download", message, StringComparison.OrdinalIgnoreCase);
    }

    // {0} is the path of a database, of this session's or another, or of its log.
    [Theory]
    [InlineData("COPY (SELECT 1 AS a) TO '{0}'")]
    [InlineData("copy(select 1)TO'{0}'(FORMAT csv)")]
    [InlineData("SELECT 1; COPY (SELECT 'x to ''y''') /* to 'z' */ TO -- here\n '{0}' (FORMAT parquet); SELECT 2")]
    [InlineData("PREPARE p AS COPY (SELECT 1) TO '{0}'; EXECUTE p")]
    [InlineData("EXPLAIN ANALYZE COPY (SELECT 1) TO '{0}'")]
    [InlineData("CREATE TEMP TABLE t AS SELECT 1; COPY t TO '{0}'")]
    [InlineData("COPY (SELECT 1) TO E'{0}'")]
    [InlineData("COPY (SELECT 1) TO $${0}$$")]
    [InlineData("COPY (SELECT 1) TO 'file:{0}'")]
    [InlineData("ATTACH '{0}' AS o (READ_WRITE); CREATE TABLE o.t AS SELECT 1")]
    [InlineData("ATTACH OR REPLACE DATABASE '{0}' AS o (READ_ONLY false)")]
    [InlineData("ATTACH IF NOT EXISTS '{0}' AS o (TYPE duckdb, READ_ONLY 0)")]
    [InlineData("attach/**/'{0}'as o(read_write)")]
    [InlineData("ATTACH E'{0}' AS o (READ_WRITE)")]
    [InlineData("SET log_query_path = '{0}'; SELECT 1")]
    [InlineData("SET \"Log_Query_Path\" TO '{0}'; SELECT 1")]
    [InlineData("SET VARIABLE f = '{0}'; SET log_query_path = getvariable('f')")]
    [InlineData("PRAGMA profiling_output='{0}'")]
    [InlineData("CALL enable_profiling(format = 'json', save_location = '{0}')")]
    [InlineData("CALL enable_profiling(format => 'json', save_location => '{0}')")]
    public void No_statement_replaces_or_changes_another_database_or_a_log(string sql)
    {
        using (var other = ResultsFile.Open(File("other's.duckdb")))
            Sample.FillAndScore(other);
        using (var mine = Fresh())
            Sample.FillAndScore(mine);
        using var results = ResultsFile.OpenReadOnly(File());
        using var session = results.OpenSession();
        foreach (var path in new[] { File(), File("other's.duckdb"), File("other's.duckdb.wal"), File("none.duckdb.WAL") })
        {
            var before = Bytes(path);
            var text = sql.Replace("{0}", path.Replace("'", "''", StringComparison.Ordinal), StringComparison.Ordinal);
            var message = Fails(StoreError.Sql, () => session.Query(text).Dispose()).Message;
            Assert.True(message.Contains("stays as it is", StringComparison.Ordinal) || message.Contains("single quotes"), message);
            Fails(StoreError.Sql, () => session.QueryText(text).Dispose());
            Assert.Equal(before, Bytes(path));
        }

        static byte[]? Bytes(string path) => System.IO.File.Exists(path) ? System.IO.File.ReadAllBytes(path) : null;
    }

    [Fact]
    public void Folders_are_written_to_that_are_new_or_empty()
    {
        Fresh().Dispose();
        Directory.CreateDirectory(File("full"));
        Directory.CreateDirectory(File("empty"));
        System.IO.File.Copy(File(), File("full/r.duckdb"));
        using var results = ResultsFile.OpenReadOnly(File());
        using var session = results.OpenSession();
        foreach (var sql in new[] { "EXPORT DATABASE '{0}'", "EXPORT DATABASE \"results\" TO '{0}' (FORMAT parquet)",
            "COPY (SELECT 1 AS a, 2 AS b) TO '{0}' (FORMAT parquet, PARTITION_BY (a), OVERWRITE)" })
            Assert.Contains("not empty", Fails(StoreError.Sql, () => session.Query(Of(sql, "full")).Dispose()).Message);
        Assert.True(System.IO.File.Exists(File("full/r.duckdb")));
        session.Query(Of("EXPORT DATABASE '{0}'", "new")).Dispose();
        session.Query(Of("COPY (SELECT 1 AS a, 2 AS b) TO '{0}' (FORMAT parquet, PARTITION_BY (a))", "empty")).Dispose();
        Assert.NotEmpty(Directory.GetFiles(File("new")));
        Assert.NotEmpty(Directory.GetDirectories(File("empty")));
        foreach (var sql in new[] { "IMPORT DATABASE '{0}'", "PRAGMA import_database('{0}')" })
            Assert.Contains("switched off", Fails(StoreError.Sql, () => session.Query(Of(sql, "new")).Dispose()).Message);
        // DuckDB ends the program where it cannot write these.
        var log = Of("CALL enable_logging(storage = 'file', storage_path = '{0}')", "full/r.duckdb");
        Fails(StoreError.Sql, () => session.Query(log).Dispose());

        string Of(string sql, string folder) => sql.Replace("{0}", File(folder).Replace("'", "''", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(true, "(READ_ONLY)")]
    [InlineData(false, "(READ_ONLY, TYPE duckdb)")]
    [InlineData(false, "(READ_ONLY true)")]
    public void Another_file_can_be_attached_to_be_read(bool readOnly, string options)
    {
        Fresh().Dispose();
        using (var other = ResultsFile.Open(File("other.duckdb")))
            Sample.FillAndScore(other);
        using var results = readOnly ? ResultsFile.OpenReadOnly(File()) : ResultsFile.Open(File());
        using var session = results.OpenSession();
        var path = File("other.duckdb").Replace("'", "''", StringComparison.Ordinal);
        Assert.Equal(1, First(session, $"ATTACH '{path}' AS o {options}; SELECT count(*)::INT > 0 FROM o.runs") is true ? 1 : 0);
        // And a new one to be written.
        session.Query($"ATTACH '{path}.new' AS n (READ_WRITE); CREATE TABLE n.t AS FROM o.runs").Dispose();
    }

    [Fact]
    public void What_else_a_copy_may_replace_is_for_the_caller_to_say()
    {
        using var results = Fresh();
        using var session = results.OpenSession(path => Path.GetFileName(path) == "kept.csv" ? "precious" : null);
        string[] files = [File("kept.csv"), File("other's.csv")];
        foreach (var file in files)
            System.IO.File.WriteAllText(file, "before");
        var error = Fails(StoreError.Sql, () => session.Query($"COPY (SELECT 1 AS a) TO '{files[0]}'").Dispose());
        Assert.Contains("kept.csv is precious", error.Message, StringComparison.Ordinal);
        session.Query($"COPY (SELECT 'a TO b' AS a, 2 AS copy) TO '{files[1].Replace("'", "''", StringComparison.Ordinal)}'").Dispose();
        Assert.Equal(["before", "a,copy\na TO b,2\n"], files.Select(System.IO.File.ReadAllText));
        using var words = session.Query("SELECT 'COPY x TO y' AS copy, 1 AS \"to\"");
        Assert.Equal("COPY x TO y", Assert.Single(words.Rows)[0]);
    }

    [Fact]
    public void Parquet_keeps_types_and_takes_any_number_of_statements()
    {
        using var results = Fresh();
        using var session = results.OpenSession();
        var path = File("it's.parquet");
        Assert.Equal(
            3, session.WriteParquet(
            "CREATE TEMP TABLE t AS SELECT i, i / 4 AS q, [i] AS l FROM range(3) AS r(i); FROM t ORDER BY i DESC -- the last", path));
        using var back = session.Query("SELECT i, q, l, typeof(l) FROM read_parquet(?)", path);
        Assert.Equal(["2|0.5|[2]|BIGINT[]", "1|0.25|[1]|BIGINT[]", "0|0|[0]|BIGINT[]"],
            back.Rows.Select(r => string.Join('|', r.Select(CellText.Of))));
        Fails(StoreError.Sql, () => session.WriteParquet("  -- nothing", path));
        Assert.Throws<StoreException>(() => session.WriteParquet("SET threads = 1", path));
    }

    [Fact]
    public void A_session_ends_with_its_file()
    {
        var results = Fresh();
        var session = results.OpenSession();
        var query = session.Query("SELECT * FROM range(1000000)");
        results.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Query("SELECT 1"));
        Assert.Throws<ObjectDisposedException>(() => query.Rows.First());
        session.Interrupt();
        session.Dispose();
    }

    static object? First(SqlSession session, string sql)
    {
        using var query = session.Query(sql);
        return query.Rows.First()[0];
    }
}
