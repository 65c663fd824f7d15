using System.Text;
using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Sql;
using static DuckDB.NET.Native.NativeMethods;

namespace LocalOpinions.Store.Tests;

public sealed class SqlStatementTests : StoreTest
{
    [Theory]
    [InlineData("select 1; select 2", "select 1|select 2")]
    [InlineData("select ';'; select \";\"", "select ';'|select \";\"")]
    [InlineData("select 'it''s;'; x", "select 'it''s;'|x")]
    [InlineData(@"select 'a\'; select E'b\';c'", @"select 'a\'|select E'b\';c'")]
    [InlineData("select like'\\'; y", "select like'\\'|y")]
    [InlineData("select $$;$$; select $a$;$$;$a$; z", "select $$;$$|select $a$;$$;$a$|z")]
    [InlineData("select $1; select $2;", "select $1|select $2")]
    [InlineData("-- a;b\nselect 1 -- c;\n;", "select 1 -- c;")]
    [InlineData("/* ; /* ; */ ; */ select 1 /* ; */;", "select 1 /* ; */")]
    [InlineData(";; ; \n ;", "")]
    [InlineData("-- nothing", "")]
    public void Semicolons_part_statements_where_they_are_no_text(string sql, string expected) =>
        Assert.Equal(expected, string.Join('|', SqlStatement.Split(sql).Select(s => s.Text)));

    [Theory]
    [InlineData("select 1;", true)]
    [InlineData("select 1", false)]
    [InlineData("select 'a;", false)]
    [InlineData("select 1 /* ;", false)]
    [InlineData("/* ;", false)]
    [InlineData("select $$ ;", false)]
    [InlineData("select 1; -- over", true)]
    [InlineData("select 1 -- ;", false)]
    public void A_statement_is_complete_with_its_semicolon(string sql, bool complete) =>
        Assert.Equal(complete, SqlStatement.Split(sql)[^1].IsComplete);

    [Fact]
    public void A_statement_knows_its_line() =>
        Assert.Equal([2, 3, 6], SqlStatement.Split("-- first\nselect 1;\n\tselect '\n\n'; \n /* x */ select 3").Select(s => s.Line));

    // DuckDB's own parser is the judge: random text of the pieces that matter parts alike.
    [Fact]
    public void It_agrees_with_duckdb_on_random_statements()
    {
        string[] pieces = ["'a'", "'it''s'", "';'", "\"x;y\"", "E'\\';'", "$$;$$", "$t$ ; $$ $t$", "--;\n", "/*;*/", "/*/*;*/;*/", "\n",
            " ", "1", "abc", "'\\'", "e'\\\\'"];
        var random = new Random(5);
        using var database = Database.Open(File(), readOnly: false, StoreOptions.Default);
        using var connection = database.Connect();
        var counted = 0;
        for (var round = 0; round < 400; round++)
        {
            var sql = new StringBuilder();
            var expected = random.Next(1, 4);
            for (var statement = 0; statement < expected; statement++)
            {
                sql.Append(" select 1");
                for (var piece = random.Next(5); piece > 0; piece--)
                    sql.Append(", ").Append(pieces[random.Next(pieces.Length)]);
                sql.Append(';');
            }

            var count = Count(connection, sql.ToString());
            if (count == 0)
                continue;
            counted++;
            Assert.Equal(count, SqlStatement.Split(sql.ToString()).Count);
        }

        Assert.True(counted > 100, $"DuckDB could read only {counted} of the texts.");
    }

    /// <summary>How many statements DuckDB finds; 0 where it cannot parse the text.</summary>
    static int Count(Connection connection, string sql)
    {
        var count = ExtractStatements.DuckDBExtractStatements(connection.Handle, sql, out var extracted);
        extracted.Dispose();
        return (int)count;
    }
}
