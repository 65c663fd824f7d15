using System.Text;
using System.Text.Json;
using LocalOpinions.Store.Output;

namespace LocalOpinions.Store.Tests;

public sealed class OutputTests : StoreTest
{
    [Fact]
    public void Csv_quotes_what_needs_it_and_tells_null_from_empty()
    {
        Assert.Equal(
            "a,\"b,c\",n\r\n\"say \"\"hi\"\"\",\"x,y\",1\r\n\"two\r\nlines\",\"\",-0.5\r\nplain,,NaN\r\n",
            Csv("SELECT * FROM (VALUES ('say \"hi\"', 'x,y', 1::DOUBLE), (E'two\\r\\nlines', '', -0.5), ('plain', NULL, 'nan')) AS t(a, "
                + "\"b,c\", n)"));
    }

    [Fact]
    public void Csv_writes_every_kind_of_value()
    {
        Assert.Equal(
            "b,f,d,h,t,l,s,m,z\r\ntrue,0.1,2024-02-29,\\x00\\xFF,2020-01-01 10:00:00.5,\"[1, NULL, 'a, b']\",\"{'a': 1, 'b': x}\",{k=2},"
                + "2019-12-31 22:00:00+00\r\n",
            Csv("SELECT true AS b, 0.1::FLOAT AS f, DATE '2024-02-29' AS d, '\\x00\\xFF'::BLOB AS h, TIMESTAMP '2020-01-01 10:00:00.5' AS "
                + "t, ['1', NULL, 'a, b'] AS l, {a: 1, b: 'x'} AS s, MAP {'k': 2} AS m, TIMESTAMPTZ '2020-01-01 00:00:00+02' AS z"));
    }

    [Fact]
    public void Bytes_are_written_as_duckdb_casts_them()
    {
        using var results = Fresh();
        using var query = results.Query(
            "SELECT unhex(printf('%02x', i)) AS b, CAST(unhex(printf('%02x', i)) AS VARCHAR) AS t FROM range(256) AS r(i)");
        Assert.All(query.Rows.ToList(), row => Assert.Equal(row[1], CellText.Of(row[0])));
    }

    // Readers pass over an empty line: a row whose one cell is null must not be one.
    [Fact]
    public void Csv_of_one_column_keeps_the_rows_that_are_null()
    {
        Assert.Equal("x\r\n1\r\n\"\"\r\n3\r\n", Csv("SELECT x FROM (VALUES (1), (NULL), (3)) AS t(x)"));
        Assert.Equal("x,y\r\n,\r\n,\"\"\r\n", Csv("SELECT NULL::INTEGER AS x, y FROM (VALUES (NULL), ('')) AS t(y)"));
    }

    [Fact]
    public void Csv_of_many_rows_comes_in_order_and_as_bytes_is_the_same_without_a_mark()
    {
        const string Sql =
            """
            SELECT range AS i, range / 7 AS x, 'жü🗳, ' || range AS t, CASE WHEN range % 3 = 0 THEN NULL ELSE range % 2 = 0 END AS b
            FROM range(20000)
            """;
        using var results = Fresh();
        using var query = results.Query(Sql);
        using var bytes = new MemoryStream();
        CsvOutput.Write(query, bytes);
        var lines = Encoding.UTF8.GetString(bytes.ToArray()).Split("\r\n");
        Assert.Equal(20_002, lines.Length);
        Assert.Equal("i,x,t,b", lines[0]);
        Assert.Equal("19999,2857,\"жü🗳, 19999\",false", lines[^2]);
        Assert.Equal("12345,1763.5714285714287,\"жü🗳, 12345\",", lines[12_346]);
        Assert.True(bytes.CanWrite);
    }

    [Fact]
    public void Json_keeps_numbers_exact_and_text_as_it_is()
    {
        const string Sql =
            """
            SELECT 18446744073709551615::UBIGINT AS u, 123456789012345678901234567890::HUGEINT AS h, 0.1::DOUBLE AS d, 1e300 AS e,
                1.50::DECIMAL(5,2) AS m,
                'nan'::DOUBLE AS nan, '-inf'::FLOAT AS inf, NULL AS nul, true AS b, [1, 2] AS l, {a: 'x', b: [NULL]} AS s,
                MAP {1: 'y'} AS map,
                'quote " back \ жü🗳' AS t, DATE '2024-02-29' AS day, 1 AS x, 2 AS x
            """;
        Assert.Equal(
            """[{"u":18446744073709551615,"h":123456789012345678901234567890,"d":0.1,"e":1E+300,"m":1.50,"nan":null,"inf":null"""
                + ""","nul":null,"b":true,"l":[1,2],"s":{"a":"x","b":[null]},"map":{"1":"y"}"""
                + ""","t":"quote \" back \\ жü🗳","day":"2024-02-29","x":1,"x_2":2}]""" + "\n",
            Json(Sql).Replace("\\uD83D\\uDDF3", "🗳", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_of_many_rows_or_none_is_one_array()
    {
        Assert.Equal("[]\n", Json("SELECT 1 AS x WHERE false"));
        using var document = JsonDocument.Parse(Json("SELECT range AS i, 'some text' AS t FROM range(20000)"));
        Assert.Equal(20_000, document.RootElement.GetArrayLength());
        Assert.Equal(19_999, document.RootElement[19_999].GetProperty("i").GetInt32());
    }

    [Fact]
    public void Markdown_aligns_numbers_and_escapes_what_would_be_markup()
    {
        using var results = Fresh();
        using var query = results.Query(
            "SELECT 1.5::DOUBLE AS similarity_bits, E'a|b\\n<script>&' AS \"t|x\", '*_[x](y)_* `c` \\' AS m, NULL AS n");
        using var text = new StringWriter();
        MarkdownOutput.Write(query, text);
        Assert.Equal(
            """
            | similarity_bits | t\|x | m | n |
            | ---: | --- | --- | ---: |
            | 1.5 | a\|b<br>&lt;script>&amp; | \*\_\[x\](y)\_\* \`c\` \\ |  |

            """, text.ToString());
    }

    string Csv(string sql)
    {
        using var results = Fresh();
        using var query = results.QueryText(sql);
        using var text = new StringWriter();
        CsvOutput.Write(query, text);
        return text.ToString();
    }

    string Json(string sql)
    {
        using var results = Fresh();
        using var query = results.Query(sql);
        using var bytes = new MemoryStream();
        JsonOutput.Write(query, bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
