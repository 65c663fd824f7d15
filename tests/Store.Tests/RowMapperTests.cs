namespace LocalOpinions.Store.Tests;

/// <summary>Rows of queries as records, by name.</summary>
public sealed class RowMapperTests : StoreTest, IDisposable
{
    readonly ResultsFile _results;

    public RowMapperTests() => _results = Fresh();

    [Fact]
    public void A_positional_record_takes_columns_by_name_in_any_order()
    {
        var rows = _results.Read<Positional>("SELECT 'b' AS some_text, 0.5::DOUBLE AS share, 7 AS run_id UNION ALL SELECT 'c', 1, 8");
        Assert.Equal([new(7, 0.5, "b"), new(8, 1, "c")], rows);
        Assert.Equal(rows, _results.Stream<Positional>("SELECT * FROM (VALUES (7, 0.5, 'b'), (8, 1, 'c')) AS t(run_id, share, some_text)"));
    }

    [Fact]
    public void A_record_with_init_properties_takes_columns_by_name_and_leaves_its_parts_alone()
    {
        var row = Assert.Single(_results.Read<Named>("SELECT true AS is_there, TIMESTAMP '2026-01-02 03:04:05' AS begun_at, 3 AS p_holm"));
        Assert.Equal(new() { IsThere = true, BegunAt = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), PHolm = 3 }, row);
        Assert.Null(row.Part);
    }

    [Fact]
    public void NULL_is_NaN_for_a_double_null_for_what_can_be_null_and_an_error_for_the_rest()
    {
        var row = Assert.Single(_results.Read<Nullables>(
            "SELECT NULL::DOUBLE AS number, NULL::DOUBLE AS perhaps, NULL::INTEGER AS count, NULL AS text, NULL::DOUBLE[] AS list"));
        Assert.Equal((double.NaN, null, null, null, null), (row.Number, row.Perhaps, row.Count, row.Text, row.List));
        Assert.Contains("Positional.RunId cannot be NULL", Refused<Positional>(
            "SELECT NULL::INTEGER AS run_id, 0.5::DOUBLE AS share, '' AS some_text"), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_become_arrays()
    {
        var row = Assert.Single(_results.Read<Lists>("SELECT [1.5, NULL, 3]::DOUBLE[] AS shares, [2, 1]::INTEGER[] AS options"));
        Assert.Equal([1.5, double.NaN, 3], row.Shares);
        Assert.Equal([2, 1], row.Options);
        var other = Assert.Single(_results.Read<Lists>("SELECT [1, 2]::BIGINT[] AS shares, []::INTEGER[] AS options"));
        Assert.Equal([1, 2], other.Shares);
        Assert.Empty(other.Options);
        Assert.Contains("Lists.Options cannot be NULL", Refused<Lists>(
            "SELECT []::DOUBLE[] AS shares, [NULL]::INTEGER[] AS options"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TINYINT")]
    [InlineData("SMALLINT")]
    [InlineData("UINTEGER")]
    [InlineData("BIGINT")]
    [InlineData("UBIGINT")]
    [InlineData("HUGEINT")]
    [InlineData("UHUGEINT")]
    public void Whole_numbers_of_every_width_fit_where_they_are_small_enough(string type) =>
        Assert.Equal(new Widths(100, 100, 100), Assert.Single(_results.Read<Widths>(
            $"SELECT 100::{type} AS small, 100::{type} AS large, 100::{type} AS number")));

    [Theory]
    [InlineData("3000000000::BIGINT", "1")]
    [InlineData("-170141183460469231731687303715884105727::HUGEINT", "1")]
    [InlineData("1.0::DOUBLE", "1")]
    [InlineData("1.5::DECIMAL(3,1)", "1")]
    [InlineData("true", "1")]
    [InlineData("'1'", "1")]
    [InlineData("1", "9223372036854775808::UBIGINT")]
    [InlineData("1", "[1]")]
    public void What_does_not_fit_is_an_error(string small, string large) =>
        Assert.Contains("does not fit", Refused<Widths>($"SELECT {small} AS small, {large} AS large, 1 AS number"),
            StringComparison.Ordinal);

    [Fact]
    public void Fractions_of_every_width_are_doubles() =>
        Assert.Equal((0.5, 0.25), (_results.ReadValues<double>("SELECT 0.5::FLOAT AS x").Single(),
            _results.ReadValues<double>("SELECT 0.25 AS x").Single()));

    [Fact]
    public void Columns_and_properties_must_match_both_ways()
    {
        Assert.Contains("Positional.SomeText needs a column some_text", Refused<Positional>("SELECT 1 AS run_id, 0.5 AS share"),
            StringComparison.Ordinal);
        Assert.Contains("Positional has no property for the columns extra, more", Refused<Positional>(
            "SELECT 1 AS run_id, 0.5 AS share, '' AS some_text, 1 AS extra, 2 AS more"), StringComparison.Ordinal);
        Assert.Contains("two columns share", Refused<Positional>("SELECT 1 AS run_id, 0.5 AS share, 1 AS share, '' AS some_text"),
            StringComparison.Ordinal);
        // Also where there is no row.
        Assert.Contains("Named.PHolm", Refused<Named>("SELECT true AS is_there, now() AS begun_at WHERE false"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_of_one_column_gives_its_values()
    {
        Assert.Equal([1, 2], _results.ReadValues<int>("SELECT unnest([1, 2])::HUGEINT AS x"));
        Assert.Equal(["a", null], _results.ReadValues<string?>("SELECT unnest(['a', NULL]) AS x"));
        Assert.Equal([1L, null], _results.ReadValues<long?>("SELECT unnest([1, NULL]) AS x"));
        Assert.Contains("one column", Assert.Throws<InvalidOperationException>(
            () => _results.ReadValues<int>("SELECT 1 AS x, 2 AS y")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stores_own_connection_reads_by_name_too()
    {
        using var database = Connections.Database.Open(File("own.duckdb"), readOnly: false, StoreOptions.Default);
        using var connection = database.Connect();
        Assert.Equal([new(7, 0.5, "b")], connection.Read<Positional>("SELECT ? AS some_text, 0.5::DOUBLE AS share, 7 AS run_id", "b"));
        Assert.Equal([new(7, 0.5, "b\0")], connection.Read<Positional>("SELECT ? AS some_text, 0.5::DOUBLE AS share, 7 AS run_id", "b\0"));
        Assert.Equal([3], connection.ReadValues<int>("SELECT sum(x) FROM (VALUES (1), (2)) AS t(x)"));
    }

    [Fact]
    public void A_stream_can_be_left_in_the_middle()
    {
        Assert.Equal(new(0, 0, ""), _results.Stream<Positional>(
            "SELECT range::INTEGER AS run_id, 0 AS share, '' AS some_text FROM range(1000000)").First());
        Assert.Equal([1], _results.ReadValues<int>("SELECT 1 AS x"));
    }

    void IDisposable.Dispose()
    {
        _results.Dispose();
        Dispose();
    }

    string Refused<T>(string sql) where T : class => Assert.Throws<InvalidOperationException>(() => _results.Read<T>(sql)).Message;

    public sealed record Positional(int RunId, double Share, string SomeText);

    public sealed record Named
    {
        public required bool IsThere { get; init; }

        public required DateTime BegunAt { get; init; }

        public required double PHolm { get; init; }

        public Positional? Part { get; init; }
    }

    public sealed record Nullables(double Number, double? Perhaps, int? Count, string? Text, double[]? List);

    public sealed record Lists(double[] Shares, int[] Options);

    public sealed record Widths(int Small, long Large, double Number);
}
