using System.Globalization;

namespace LocalOpinions.Store.Tests;

public sealed class QueryTests : StoreTest
{
    public static TheoryData<string, string, object?> Values => new()
    {
        { "true", "BOOLEAN", true },
        { "(-128)::TINYINT", "TINYINT", sbyte.MinValue },
        { "255::UTINYINT", "UTINYINT", byte.MaxValue },
        { "(-32768)::SMALLINT", "SMALLINT", short.MinValue },
        { "65535::USMALLINT", "USMALLINT", ushort.MaxValue },
        { "(-2147483648)::INTEGER", "INTEGER", int.MinValue },
        { "4294967295::UINTEGER", "UINTEGER", uint.MaxValue },
        { "(-9223372036854775808)::BIGINT", "BIGINT", long.MinValue },
        { "18446744073709551615::UBIGINT", "UBIGINT", ulong.MaxValue },
        { "(-170141183460469231731687303715884105728)::HUGEINT", "HUGEINT", Int128.MinValue },
        { "340282366920938463463374607431768211455::UHUGEINT", "UHUGEINT", UInt128.MaxValue },
        { "0.1::FLOAT", "FLOAT", 0.1f },
        { "0.1::DOUBLE", "DOUBLE", 0.1 },
        { "'nan'::DOUBLE", "DOUBLE", double.NaN },
        { "'-inf'::DOUBLE", "DOUBLE", double.NegativeInfinity },
        { "1.5::DECIMAL(4,1)", "DECIMAL(4,1)", 1.5m },
        { "(-12345.678)::DECIMAL(9,3)", "DECIMAL(9,3)", -12345.678m },
        { "0.05::DECIMAL(18,2)", "DECIMAL(18,2)", 0.05m },
        { "123456789012345678.123456::DECIMAL(38,6)", "DECIMAL(38,6)", 123456789012345678.123456m },
        { "(-12345678901234567890123456789012345.678)::DECIMAL(38,3)", "DECIMAL(38,3)", "-12345678901234567890123456789012345.678" },
        { "0.00000000000000000000000000000000001::DECIMAL(38,36)", "DECIMAL(38,36)", "0.000000000000000000000000000000000010" },
        { "'text with \"quotes\" and ''more'''", "VARCHAR", "text with \"quotes\" and 'more'" },
        { "''", "VARCHAR", "" },
        { "'{\"a\": 1}'::JSON", "JSON", "{\"a\": 1}" },
        { "'\\x00\\xFFabc'::BLOB", "BLOB", new byte[] { 0, 255, 97, 98, 99 } },
        { "DATE '2024-02-29'", "DATE", new DateOnly(2024, 2, 29) },
        { "DATE '0001-01-01'", "DATE", DateOnly.MinValue },
        { "DATE '-infinity'", "DATE", "-infinity" },
        { "TIME '23:59:59.999999'", "TIME", new TimeOnly(23, 59, 59, 999, 999) },
        { "TIME '24:00:00'", "TIME", "24:00:00" },
        { "TIMESTAMP '1969-12-31 23:59:59.5'", "TIMESTAMP", new DateTime(1969, 12, 31, 23, 59, 59, 500, DateTimeKind.Utc) },
        { "TIMESTAMP 'infinity'", "TIMESTAMP", "infinity" },
        { "TIMESTAMP_S '2020-01-01 10:00:00'", "TIMESTAMP_S", new DateTime(2020, 1, 1, 10, 0, 0, DateTimeKind.Utc) },
        { "TIMESTAMP_MS '2020-01-01 10:00:00.123'", "TIMESTAMP_MS", new DateTime(2020, 1, 1, 10, 0, 0, 123, DateTimeKind.Utc) },
        { "TIMESTAMP_NS '2020-01-01 10:00:00.123456789'", "VARCHAR", "2020-01-01 10:00:00.123456789" },
        { "TIMESTAMPTZ '2020-01-01 00:00:00+02'", "TIMESTAMP WITH TIME ZONE", new DateTimeOffset(2019, 12, 31, 22, 0, 0, TimeSpan.Zero) },
        { "INTERVAL '1 year 2 days 3 hours'", "VARCHAR", "1 year 2 days 03:00:00" },
        { "[INTERVAL 1 DAY]", "VARCHAR", "[1 day]" },
        { "'101'::BIT", "VARCHAR", "101" },
        { "TIMETZ '12:00:00+01'", "VARCHAR", "12:00:00+01" },
        { "union_value(n := 3)", "VARCHAR", "3" },
        { "12345678901234567890::BIGNUM", "VARCHAR", "12345678901234567890" },
        { "UUID '80000000-0000-0000-0000-0000000000ff'", "UUID", new Guid("80000000-0000-0000-0000-0000000000ff") },
        { "UUID '12345678-9abc-def0-1234-56789abcdef0'", "UUID", new Guid("12345678-9abc-def0-1234-56789abcdef0") },
        { "'b'::ENUM ('a', 'b')", "ENUM", "b" },
        { "[1, NULL, 3]", "INTEGER[]", new object?[] { 1, null, 3 } },
        { "[]::INTEGER[]", "INTEGER[]", Array.Empty<object?>() },
        { "[['a'], [], NULL]", "VARCHAR[][]", new object?[] { new object?[] { "a" }, Array.Empty<object?>(), null } },
        { "[1.5, 2.5]::FLOAT[2]", "FLOAT[2]", new object?[] { 1.5f, 2.5f } },
        { "{a: 1, 'b c': 'x'}", "STRUCT(a INTEGER, b c VARCHAR)", new KeyValuePair<string, object?>[] { new("a", 1), new("b c", "x") } },
        { "MAP {'k': 1, 'l': NULL}", "MAP(VARCHAR, INTEGER)", new KeyValuePair<object, object?>[] { new("k", 1), new("l", null) } },
        { "NULL", "INTEGER", null },
        { "NULL::VARCHAR", "VARCHAR", null },
        { "NULL::INTEGER[]", "INTEGER[]", null },
    };

    // One value alone, which DuckDB holds as a constant vector, and one that differs from row to row past the first chunk.
    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public void Every_type_has_its_value(string sql, string type, object? value)
    {
        using var results = Fresh();
        using (var query = results.Query($"SELECT {sql} AS v, 7 AS seven"))
        {
            Assert.Equal([new QueryColumn("v", type), new("seven", "INTEGER")], query.Columns);
            Assert.Equal([value, 7], query.Rows.Single());
        }

        using var many = results.Query($"SELECT v FROM range(5000) LEFT JOIN (SELECT {sql} AS v) ON range % 3 <> 0 ORDER BY range");
        var cells = many.Rows.Select(r => r[0]).ToArray();
        Assert.Equal(5000, cells.Length);
        for (var i = 0; i < cells.Length; i++)
            Assert.Equal(i % 3 == 0 ? null : value, cells[i]);
    }

    [Fact]
    public void Nested_values_past_the_first_chunk_stay_with_their_rows()
    {
        using var results = Fresh();
        using var query = results.Query("SELECT range AS i, [range, range + 1][:1 + range % 2] AS l, {s: 'row number ' || range, n: "
            + "[range]} AS s, MAP {range: range * 2} AS m, [range::VARCHAR, 'x']::VARCHAR[2] AS a FROM range(5000)");
        var i = 0L;
        foreach (var row in query.Rows)
        {
            Assert.Equal(i, row[0]);
            Assert.Equal(i % 2 == 0 ? [i] : new object?[] { i, i + 1 }, row[1]);
            Assert.Equal(new KeyValuePair<string, object?>[] { new("s", $"row number {i}"), new("n", new object?[] { i }) }, row[2]);
            Assert.Equal(new KeyValuePair<object, object?>[] { new(i, i * 2) }, row[3]);
            Assert.Equal(new object?[] { i.ToString(CultureInfo.InvariantCulture), "x" }, row[4]);
            i++;
        }

        Assert.Equal(5000, i);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- only a comment")]
    [InlineData("selec 1")]
    [InlineData("SELECT 1; selec 1")]
    [InlineData("SELECT * FROM nowhere")]
    [InlineData("SELECT 1 \0 AS x")]
    [InlineData("SELECT ?")]
    [InlineData("SELECT DATE '10000-01-01'")]
    [InlineData("SELECT TIMESTAMP '0044-03-15 (BC) 12:00:00'")]
    public void A_query_that_cannot_be_answered_is_an_sql_error(string sql)
    {
        using var results = Fresh();
        Fails(StoreError.Sql, () =>
        {
            using var query = results.Query(sql);
            _ = query.Rows.Count();
        });
    }

    [Fact]
    public void DuckDbs_own_message_reaches_the_reader()
    {
        using var results = Fresh();
        Assert.Contains("nowhere does not exist", Fails(StoreError.Sql, () => results.Query("SELECT * FROM nowhere")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_in_mid_stream_is_no_end_of_rows()
    {
        // Of several threads DuckDB may report one that it interrupted because of the error in another.
        using var results = ResultsFile.Open(File(), StoreOptions.Default with { Threads = 1 });
        using var query = results.Query("SELECT CAST(CASE WHEN range = 500000 THEN 'x' ELSE '1' END AS INTEGER) FROM range(1000000)");
        var error = Fails(StoreError.Sql, () => _ = query.Rows.Count());
        Assert.Contains("Could not convert string 'x'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_larger_than_memory_streams()
    {
        using var results = ResultsFile.Open(File(), new StoreOptions("32MB", 1));
        using var query = results.Query("SELECT range FROM range(1000000000000)");
        Assert.Equal(5_000_000L, query.Rows.Skip(5_000_000).First()[0]);
        Assert.Throws<InvalidOperationException>(() => query.Rows);
    }

    [Fact]
    public void Several_statements_give_the_last_ones_result_and_may_build_on_each_other()
    {
        using var results = Fresh();
        using var query = results.Query(
            "CREATE TEMP TABLE t (x INTEGER); INSERT INTO t VALUES (1), (2); SELECT sum(x) AS s FROM t WHERE x > ?;", 1);
        Assert.Equal([new QueryColumn("s", "HUGEINT")], query.Columns);
        Assert.Equal([(Int128)2], query.Rows.Single());
    }

    [Fact]
    public void Columns_keep_their_names_where_a_type_is_read_as_text()
    {
        using var results = Fresh();
        using var query = results.Query("SELECT INTERVAL 1 DAY AS \"a \"\"b\"\"\", 1 AS x, 2 AS x -- a comment");
        Assert.Equal(["a \"b\"", "x", "x"], query.Columns.Select(c => c.Name));
        Assert.Equal(["1 day", 1, 2], query.Rows.Single());
    }

    [Fact]
    public void Parameters_are_values_and_never_sql()
    {
        using var results = Fresh();
        var time = new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc);
        using var query = results.Query("SELECT ?, ?, ?, ?, ?, ?, ?", true, 1L, 0.5, "'; DROP TABLE models; --", time, null, -3);
        Assert.Equal([true, 1L, 0.5, "'; DROP TABLE models; --", time, null, -3L], query.Rows.Single());
        Assert.Throws<ArgumentException>(() => results.Query("SELECT ?", 1.5m));
    }

    [Fact]
    public void Queries_may_overlap_each_other_and_a_writer()
    {
        using var results = Fresh();
        var run = Sample.Begin(results, 10);
        using var first = results.Query("SELECT range FROM range(100000)");
        using var rows = first.Rows.GetEnumerator();
        Assert.True(rows.MoveNext());
        results.Append([Sample.Answer(run, Sample.Questions(10)[0])], []);
        Assert.Equal(1L, Scalar(results, "SELECT count(*) FROM answers"));
        var count = 1;
        while (rows.MoveNext())
            count++;
        Assert.Equal(100_000, count);
    }

    [Fact]
    public void An_idle_file_holds_no_transaction()
    {
        Fresh().Dispose();
        using var results = ResultsFile.Open(File());
        using (results.Query("CREATE TABLE analyst (x INTEGER)")) { }
        using (results.Query("CHECKPOINT")) { }
        Assert.Equal("0 bytes", Scalar(results, "SELECT wal_size FROM pragma_database_size()"));
    }

    [Fact]
    public void Closing_the_file_ends_open_queries()
    {
        QueryResult query;
        using (var results = Fresh())
            query = results.Query("SELECT range FROM range(100000)");
        Assert.Throws<ObjectDisposedException>(() => query.Rows.First());
        query.Dispose();
    }
}
