using LocalOpinions.Store;
using RadLine;
using Spectre.Console;

namespace LocalOpinions.Runner.Sql;

/// <summary>The words that the shell knows: DuckDB's keywords are coloured, and they and the file's names complete with Tab.</summary>
sealed class SqlWords : ITextCompletion
{
    readonly List<string> _names;
    readonly List<string> _keywords;

    public SqlWords(SqlSession session)
    {
        _names = Read(session, """
            SELECT view_name FROM duckdb_views() WHERE NOT internal
            UNION SELECT table_name FROM duckdb_tables()
            UNION SELECT column_name FROM duckdb_columns() WHERE NOT internal
            UNION SELECT function_name FROM duckdb_functions() WHERE NOT internal
            """);
        _keywords = Read(session, "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved' OR keyword_name IN ('by', 'over', 'partition', 'join', 'left', 'inner', 'filter', 'exclude')");
    }

    public IHighlighter Highlighter
    {
        get
        {
            var words = new WordHighlighter(StringComparer.OrdinalIgnoreCase);
            foreach (var keyword in _keywords)
                words.AddWord(keyword, new Style(Color.Blue));
            return words;
        }
    }

    public IEnumerable<string> GetCompletions(string prefix, string word, string suffix) => word.Length == 0 ? []
        : [.. _names.Concat(_keywords).Where(w => w.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];

    static List<string> Read(SqlSession session, string sql)
    {
        using var query = session.Query(sql);
        return [.. query.Rows.Select(r => (string)r[0]!)];
    }
}
