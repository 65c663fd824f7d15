using LocalOpinions.Store.Connections;

namespace LocalOpinions.Store.Tests;

/// <summary>What a transaction that fails leaves behind: nothing, and a connection that goes on.</summary>
public sealed class TransactionTests : StoreTest
{
    [Fact]
    public void A_commit_that_fails_is_told_and_the_next_one_works()
    {
        using var database = Database.Open(File(), readOnly: false, StoreOptions.Default);
        using var one = database.Connect();
        using var other = database.Connect();
        one.Execute("CREATE TABLE t (x INTEGER PRIMARY KEY)");
        var error = Fails(StoreError.Sql, () => one.InTransaction(() =>
        {
            one.Execute("INSERT INTO t VALUES (?)", 1);
            other.InTransaction(() => other.Execute("INSERT INTO t VALUES (?)", 1));
        }));
        Assert.Contains("Failed to commit", error.Message, StringComparison.Ordinal);
        one.InTransaction(() => one.Execute("INSERT INTO t VALUES (?)", 2));
        Assert.Equal([[1], [2]], one.Rows("SELECT x FROM t ORDER BY x"));
    }

    [Fact]
    public void A_body_that_fails_leaves_nothing_and_its_error_is_the_one_told()
    {
        using var database = Database.Open(File(), readOnly: false, StoreOptions.Default);
        using var connection = database.Connect();
        connection.Execute("CREATE TABLE t (x INTEGER)");
        Assert.Throws<FormatException>(() => connection.InTransaction(() =>
        {
            connection.Execute("INSERT INTO t VALUES (1)");
            throw new FormatException();
        }));
        // A statement that fails makes DuckDB refuse the rest of the transaction.
        var error = Fails(StoreError.Sql, () => connection.InTransaction(
            () => connection.Execute("INSERT INTO t VALUES (1); FROM nowhere")));
        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
        connection.InTransaction(() => connection.Execute("INSERT INTO t VALUES (3)"));
        Assert.Equal([[3]], connection.Rows("FROM t"));
    }

    [Fact]
    public void A_transaction_within_another_is_refused_in_DuckDBs_words()
    {
        using var database = Database.Open(File(), readOnly: false, StoreOptions.Default);
        using var connection = database.Connect();
        var error = Fails(StoreError.Sql, () => connection.InTransaction(() => connection.InTransaction(() => { })));
        Assert.Contains("within a transaction", error.Message, StringComparison.Ordinal);
        connection.InTransaction(() => connection.Execute("CREATE TABLE t (x INTEGER)"));
        Assert.Equal(0L, connection.Scalar("SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("NUL\0inside")]
    [InlineData("\0")]
    [InlineData("")]
    [InlineData(null)]
    public void Values_of_own_statements_come_back_as_they_went_in(string? text)
    {
        using var database = Database.Open(File(), readOnly: false, StoreOptions.Default);
        using var connection = database.Connect();
        var time = new DateTime(2026, 11, 26, 13, 40, 35, DateTimeKind.Utc).AddMicroseconds(123_456);
        connection.Execute("CREATE TABLE t (s VARCHAR, i INTEGER, l BIGINT, b BOOLEAN, d DOUBLE, t TIMESTAMP)");
        connection.Execute("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", text, int.MinValue, long.MaxValue, true, 0.1, time);
        connection.Execute("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", text, null, null, null, null, null);
        var rows = connection.Rows("SELECT * FROM t WHERE s IS NOT DISTINCT FROM ? ORDER BY i NULLS LAST", text);
        Assert.Equal([[text, int.MinValue, long.MaxValue, true, 0.1, time], [text, null, null, null, null, null]], rows);
        Assert.Equal(text?.Length, (int?)(long?)connection.Scalar("SELECT strlen(s) FROM t LIMIT 1"));
        Assert.ThrowsAny<ArgumentException>(() => connection.Execute("INSERT INTO t (s) VALUES (?)", "half \ud800"));
        var error = Fails(StoreError.Sql, () => connection.Execute("DELETE FROM t WHERE s = 'a\0b'"));
        Assert.Contains("NUL", error.Message, StringComparison.Ordinal);
        Assert.Equal(2L, connection.Scalar("SELECT count(*) FROM t"));
    }
}
