using System.Diagnostics;
using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Output;
using LocalOpinions.Store.Sql;
using LocalOpinions.Tests;

namespace LocalOpinions.Store.Tests;

/// <summary>What is exported comes back from another reader: every type, in every format, by DuckDB's readers and Python's csv.</summary>
public sealed class ReadBackTests : StoreTest
{
    const string Tricky = "['Yes, a lot', 'No', NULL, 'NULL', '', ' ', ' x ', 'it''s', '\"', 'a]b', '[', '{', '}', '(', 'a: b', 'k=v', "
        + "E'two\\nlines', 'é🗳']";

    /// <summary>A value of each type, as SQL.</summary>
    static readonly string[] s_values =
    [
        "true", "(-128)::TINYINT", "18446744073709551615::UBIGINT", "0.1::FLOAT", "0.1::DOUBLE", "1e300::DOUBLE", "5e-324::DOUBLE",
        "1.50::DECIMAL(5,2)", "(-12345678901234567890123456789012345.678)::DECIMAL(38,3)", "'x, \"y\"'", "'NULL'", "'[a, b]'", "''",
        "'{\"a\": 1}'::JSON", "'\\x00\\xFFabc\\x27\\x22\\x5C,'::BLOB", "DATE '2024-02-29'", "DATE 'infinity'", "TIME '23:59:59.999999'",
        "TIMESTAMP '1969-12-31 23:59:59.5'", "TIMESTAMP '-infinity'", "TIMESTAMP_S '2020-01-01 10:00:00'",
        "TIMESTAMP_MS '2020-01-01 10:00:00.123'", "TIMESTAMP_NS '2020-01-01 10:00:00.123456789'", "TIMESTAMPTZ '2020-01-01 00:00:00+02'",
        "INTERVAL '1 year 2 days 3 hours'", "UUID '80000000-0000-0000-0000-0000000000ff'", "'b c'::ENUM ('a', 'b c')",
        "[1, NULL, 3]", "[]::INTEGER[]", "[['a, b'], [], NULL]", "[1.5, 2.5]::FLOAT[2]", "[DATE '2020-01-01']", "[TIME '10:00:00']",
        "['\\x00a'::BLOB]", Tricky, "['\\', 'a\\b']", "{a: ['Yes, a lot', 'NULL', NULL, 'it''s'], 'b c': 'x, y'}",
        "MAP {'k, 1': 'v', '': NULL}", "MAP {1: [{s: 'NULL'}]}",
    ];

    // DuckDB's Parquet has no integers of 128 bits and keeps times of day in UTC.
    static readonly string[] s_notInParquet =
    [
        "(-170141183460469231731687303715884105728)::HUGEINT", "340282366920938463463374607431768211455::UHUGEINT", "TIMETZ '12:00:00+01'",
    ];

    // JSON has no such numbers, its reader no bits; dates before year 1 have no .NET value and are refused with a remedy.
    static readonly string[] s_notInJson = ["'nan'::DOUBLE", "'-inf'::FLOAT", "'101'::BIT", "'4000-01-01 (BC)'::DATE"];

    public static TheoryData<string> InCsv => [.. s_values, .. s_notInParquet, .. s_notInJson];

    public static TheoryData<string> InParquet => [.. s_values, .. s_notInJson];

    public static TheoryData<string> InJson => [.. s_values, .. s_notInParquet];

    [Theory]
    [MemberData(nameof(InCsv), DisableDiscoveryEnumeration = true)]
    public void Csv_read_by_duckdb_is_the_value(string sql)
    {
        using var results = Fresh();
        using var session = results.OpenSession();
        Csv(session, $"SELECT 1 AS i, {sql} AS v UNION ALL SELECT 2, NULL ORDER BY i", File("x.csv"));
        Same(session, sql, "read_csv(?, header = true, all_varchar = true, allow_quoted_nulls = false)", File("x.csv"));
    }

    [Theory]
    [MemberData(nameof(InParquet), DisableDiscoveryEnumeration = true)]
    public void Parquet_read_by_duckdb_is_the_value(string sql)
    {
        using var results = Fresh();
        using var session = results.OpenSession();
        session.WriteParquet($"SELECT 1 AS i, {sql} AS v UNION ALL SELECT 2, NULL ORDER BY i", File("x.parquet"));
        Same(session, sql, "read_parquet(?)", File("x.parquet"));
    }

    [Theory]
    [MemberData(nameof(InJson), DisableDiscoveryEnumeration = true)]
    public void Json_read_by_duckdb_is_the_value(string sql)
    {
        using var results = Fresh();
        using var session = results.OpenSession();
        using (var result = session.Query($"SELECT 1 AS i, {sql} AS v UNION ALL SELECT 2, NULL ORDER BY i"))
        using (var output = System.IO.File.Create(File("x.json")))
            JsonOutput.Write(result, output);
        // Types that JSON has are told to its reader; others are text.
        var type = session.ReadValues<string>($"SELECT typeof({sql})").Single();
        var told = type == "JSON" ? "VARCHAR" : type.Replace("BLOB", "VARCHAR", StringComparison.Ordinal);
        Same(session, sql, $"read_json(?, columns = {{i: 'INTEGER', v: {SqlText.Literal(told)}}})", File("x.json"));
    }

    [Fact]
    public void Csv_read_by_python_is_the_text_of_duckdb()
    {
        using var results = Fresh();
        using var session = results.OpenSession();
        var values = InCsv.Select(v => v.Data).ToList();
        Csv(session, $"SELECT {string.Join(", ", values.Select((v, i) => $"{v} AS \"c, {i}\""))}", File("x.csv"));
        System.IO.File.WriteAllText(File("read.py"), """
            import csv, json, sys
            with open(sys.argv[1], newline='', encoding='utf-8') as file:
                print(json.dumps(list(csv.reader(file))))
            """);
        using var python = ChildProcess.Start(new ProcessStartInfo("python3", [File("read.py"), File("x.csv")])
        { RedirectStandardOutput = true });
        var rows = System.Text.Json.JsonSerializer.Deserialize<string[][]>(python.StandardOutput.ReadToEnd())!;
        python.WaitForExit();
        Assert.Equal(2, rows.Length);
        for (var i = 0; i < values.Count; i++)
        {
            Assert.Equal($"c, {i}", rows[0][i]);
            var type = session.ReadValues<string>($"SELECT typeof({values[i]})").Single();
            Assert.Equal([true], session.ReadValues<bool>($"SELECT CAST(? AS {type}) IS NOT DISTINCT FROM ({values[i]})", rows[1][i]));
        }
    }

    [Fact]
    public void A_list_as_it_is_cannot_go_into_a_text_file()
    {
        using var results = Fresh();
        using var query = results.Query("SELECT ['a, b'] AS l");
        Assert.Contains("cast it to VARCHAR", Fails(StoreError.Sql, () => CsvOutput.Write(query, TextWriter.Null)).Message,
            StringComparison.Ordinal);
    }

    // The cast back to the value's own type gives the value, and NULL stays NULL.
    static void Same(SqlSession session, string sql, string reader, string path)
    {
        var type = session.ReadValues<string>($"SELECT typeof({sql})").Single();
        using var back = session.Query(
            $"SELECT CAST(v AS {type}) IS NOT DISTINCT FROM ({sql}), v IS NULL, CAST(v AS VARCHAR) FROM {reader} ORDER BY i", path);
        var rows = back.Rows.ToList();
        Assert.Equal(2, rows.Count);
        Assert.True((bool)rows[0][0]!, $"{sql} came back as {rows[0][2]}");
        Assert.True((bool)rows[1][1]!);
    }

    static void Csv(SqlSession session, string sql, string path)
    {
        using var result = session.QueryText(sql);
        using var output = System.IO.File.Create(path);
        CsvOutput.Write(result, output);
    }
}
