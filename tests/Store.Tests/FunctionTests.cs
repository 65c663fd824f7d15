using LocalOpinions.Analysis.Scores;
using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Functions;

namespace LocalOpinions.Store.Tests;

/// <summary>The macros, which any DuckDB client has, and the functions on the kernels, which ours has, agree.</summary>
public sealed class FunctionTests : StoreTest
{
    const double Tolerance = 1e-6;
    const string Malformed = "finite weights", Unequal = "same length";

    public static TheoryData<string> OfPairs => ["js_divergence", "similarity_bits", "similarity_nats", "total_variation",
        "wasserstein_ordinal", "hellinger", "top_agreement", "rank_order"];

    // Lists of 1 to 30, and of 80, 100 and 120: more than a block holds. A quarter of the weights is 0, in every seventh row all of them;
    // in every fifth row q is nearly p, in every eleventh p itself.
    const string Pairs =
        """
        CREATE TABLE pairs AS
        WITH rows AS (SELECT r, CASE WHEN r % 40 = 39 THEN 61 + r % 60 ELSE 1 + r % 30 END AS k FROM range(30000) AS t(r)),
        weights AS (
            SELECT r,
                   list_transform(range(k), lambda i: CASE WHEN r % 7 = 0 OR hash(r * 64 + i) % 4 = 0 THEN 0
                       ELSE (hash(r * 64 + i) % 1000003)::DOUBLE END) AS p,
                   list_transform(range(k), lambda i: CASE WHEN hash(r * 64 + i + 32) % 4 = 0 THEN 0
                       ELSE (hash(r * 64 + i + 32) % 1000003)::DOUBLE / 1e6 END) AS o
            FROM rows)
        SELECT r, p, CASE WHEN r % 11 = 0 THEN p
            WHEN r % 5 = 0 THEN list_transform(p, lambda x, i: x * (1 + (i % 3) * 1e-5)) ELSE o END AS q
        FROM weights
        """;

    [Theory]
    [MemberData(nameof(OfPairs))]
    public void A_function_agrees_with_its_macro_on_thousands_of_pairs(string name)
    {
        using var results = Fresh();
        using (results.Query(Pairs)) { }
        var row = Row(results, $"""
            SELECT count(*) FILTER (WHERE ({name}(p, q) IS NULL) <> (simd_{name}(p, q) IS NULL)), max(abs({name}(p, q) - simd_{name}(p,
                q))),
                   count({name}(p, q)), count(*) - count({name}(p, q)), max(abs({name}(p, q) - {name}(q, p))) FROM pairs
            """);
        Assert.Equal(0L, row[0]);
        Assert.InRange((double)row[1]!, 0, Tolerance);
        Assert.True(row[2] is > 20_000L && row[3] is > 4_000L, $"{row[2]} numbers, {row[3]} NULL");
        Assert.InRange((double)row[4]!, 0, 1e-12);
    }

    [Fact]
    public void Entropy_agrees_with_its_macro()
    {
        using var results = Fresh();
        using (results.Query(Pairs)) { }
        Assert.Equal([0L, true, true], Row(results, """
            SELECT count(*) FILTER (WHERE (entropy_norm(p) IS NULL) <> (simd_entropy_norm(p) IS NULL)),
                max(abs(entropy_norm(p) - simd_entropy_norm(p))) < 1e-6, count(entropy_norm(p)) > 20000 FROM pairs
            """));
    }

    [Theory]
    [InlineData("js_divergence", "[1, 0]", "[0, 1]", 1.0)]
    [InlineData("js_divergence", "[0.25, 0.75]", "[1, 3]", 0.0)]
    [InlineData("js_divergence", "[1]", "[5]", 0.0)]
    [InlineData("similarity_bits", "[0.5, 0.5]", "[1, 0]", 0.44208)]
    [InlineData("similarity_nats", "[0.5, 0.5]", "[1, 0]", 0.53549)]
    [InlineData("similarity_nats", "[1, 0]", "[0, 1]", 0.16744)]
    [InlineData("total_variation", "[0.5, 0.5, 0]", "[0, 0.5, 0.5]", 0.5)]
    [InlineData("wasserstein_ordinal", "[1, 0, 0]", "[0, 0, 1]", 2.0)]
    [InlineData("wasserstein_ordinal", "[1, 0, 0, 0]", "[0.5, 0.5, 0, 0]", 0.5)]
    [InlineData("hellinger", "[1, 0]", "[0.25, 0.75]", 0.70711)]
    [InlineData("hellinger", "[1, 0]", "[0, 1]", 1.0)]
    [InlineData("rank_order", "[0.6, 0.3, 0.1]", "[0.9, 0.1, 0]", 1.0)]
    [InlineData("rank_order", "[0.6, 0.3, 0.1]", "[0, 0.1, 0.9]", 0.0)]
    [InlineData("rank_order", "[0.6, 0.3, 0.1]", "[1, 1, 1]", 0.5)]
    [InlineData("top_agreement", "[0.6, 0.4]", "[0.9, 0.1]", 1.0)]
    [InlineData("top_agreement", "[0.6, 0.4]", "[0.1, 0.9]", 0.0)]
    [InlineData("top_agreement", "[0.5, 0.5, 0]", "[0.4, 0.4, 0.2]", 0.5)]
    public void A_pair_computed_by_hand(string name, string p, string q, double expected)
    {
        using var results = Fresh();
        Assert.Equal(expected, (double)Scalar(results, $"SELECT {name}({p}, {q})")!, 1e-5);
        Assert.Equal(expected, (double)Scalar(results, $"SELECT simd_{name}({p}, {q})")!, 1e-5);
    }

    [Theory]
    [InlineData("NULL", "[0.5, 0.5]", null)]
    [InlineData("[0.5, 0.5]", "NULL", null)]
    [InlineData("[0, 0]", "[0.5, 0.5]", null)]
    [InlineData("[0.5, 0.5]", "[0, 0]", null)]
    [InlineData("[]", "[]", null)]
    [InlineData("[0.5, 0.5]", "[0.5, 0.25, 0.25]", Unequal)]
    [InlineData("[0.5, 0.5]", "[]", Unequal)]
    [InlineData("[0.5, NULL]", "[0.5, 0.5]", Malformed)]
    [InlineData("[0.5, -0.5]", "[0.5, 0.5]", Malformed)]
    [InlineData("[0.5, 'nan'::DOUBLE]", "[0.5, 0.5]", Malformed)]
    [InlineData("[0.5, 0.5]", "['inf'::DOUBLE, 0.5]", Malformed)]
    [InlineData("[1e308, 1e308]", "[0.5, 0.5]", Malformed)]
    public void Missing_data_are_null_and_what_is_no_distribution_is_an_error(string p, string q, string? error)
    {
        using var results = Fresh();
        foreach (var name in OfPairs.Select(n => n.Data).SelectMany(n => new[] { n, "simd_" + n }))
        {
            // Both as constants and as columns, which DuckDB hands over in other ways.
            foreach (var sql in new[] { $"SELECT {name}({p}::DOUBLE[], {q}::DOUBLE[])",
                $"SELECT {name}(p, q) FROM (VALUES ({p}::DOUBLE[], {q}::DOUBLE[]), ([1]::DOUBLE[], [1]::DOUBLE[])) AS t(p, q) ORDER BY 1 "
                + $"NULLS FIRST LIMIT 1" })
            {
                if (error is null)
                    Assert.True(Scalar(results, sql) is null, sql);
                else
                    Assert.Contains(error, Assert.Throws<StoreException>(() => Scalar(results, sql)).Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Lists_from_anywhere_are_read_right()
    {
        using var results = Fresh();
        Sample.FillAndScore(results);
        // From a table, from an aggregate, from a lambda, sliced, filtered, and from a constant beside a column.
        string[] lists =
        [
            "SELECT probabilities AS p FROM human_distributions", "SELECT probs AS p FROM answers_wide",
            "SELECT list_transform(probabilities, lambda x: x + 1) AS p FROM human_distributions",
            "SELECT probabilities[1:2] AS p FROM human_distributions",
            "SELECT probabilities AS p FROM human_distributions WHERE source_row % 3 = 1",
            "SELECT list(prob) AS p FROM orders_long GROUP BY run_id, source_row, order_index",
        ];
        foreach (var sql in lists)
        {
            Assert.Equal([0L, true], Row(results, $"SELECT count(*) FILTER (WHERE abs(simd_js_divergence(p, list_reverse(p)) - "
                + $"js_divergence(p, list_reverse(p))) > 1e-6), count(*) > 3 FROM ({sql})"));
            Assert.Equal(0L, Scalar(results, $"SELECT count(*) FILTER (WHERE abs(simd_total_variation(p, [1, 1]) - total_variation(p, [1, "
                + $"1])) > 1e-6) FROM ({sql}) WHERE len(p) = 2"));
        }
    }

    [Fact]
    public void They_are_there_in_a_file_open_for_reading_and_are_not_in_the_file()
    {
        using (var results = Fresh())
            Assert.Equal((long)SimdMeasure.All.Count, Scalar(
                results, "SELECT count(*) FROM duckdb_functions() WHERE function_name LIKE 'simd_%'"));
        using (var results = ResultsFile.OpenReadOnly(File()))
            Assert.Equal(1.0, Scalar(results, "SELECT simd_similarity_bits([1, 2], [1, 2])"));
        using var plain = Database.Open(File(), readOnly: true, StoreOptions.Default);
        using var connection = plain.Connect();
        Assert.Equal(1.0, connection.Scalar("SELECT similarity_bits([1, 2], [1, 2])"));
        Assert.Throws<StoreException>(() => connection.Scalar("SELECT simd_similarity_bits([1, 2], [1, 2])"));
    }

    [Fact]
    public void What_is_stored_is_what_the_macros_compute()
    {
        using var results = Fresh();
        var run = Sample.FillAndScore(results);
        results.Score([run]);
        Assert.Equal([0L, 16L], Row(results, """
            SELECT count(*) FILTER (WHERE abs(s.js_bits - js_divergence(a.probs, h.probabilities)) > 1e-7
                OR abs(h.uniform_js_bits - js_divergence(h.probabilities, list_transform(h.probabilities, lambda x: 1.0))) > 1e-7), count(*)
            FROM similarities AS s JOIN answers_wide AS a USING (run_id, source_row)
                JOIN human_distributions AS h USING (source_row, country_id)
            """));
    }

    static object?[] Row(ResultsFile results, string sql)
    {
        using var query = results.Query(sql);
        return Assert.Single(query.Rows);
    }
}
