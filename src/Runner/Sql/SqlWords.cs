using System.Text.RegularExpressions;
using LocalOpinions.Store.Sql;

namespace LocalOpinions.Runner.Sql;

/// <summary>The words that the shell knows: DuckDB's keywords are coloured, and they and the file's names complete with Tab.</summary>
sealed partial class SqlWords(IEnumerable<string> names, IEnumerable<string> keywords)
{
    readonly string[] _words = [.. names.Concat(keywords).Distinct().Order(StringComparer.Ordinal)];
    readonly HashSet<string> _keywords = new(keywords, StringComparer.OrdinalIgnoreCase);

    public SqlWords(SqlSession session)
        : this(
            session.ReadValues<string>("""
                SELECT view_name FROM duckdb_views() WHERE NOT internal
                UNION SELECT table_name FROM duckdb_tables()
                UNION SELECT column_name FROM duckdb_columns() WHERE NOT internal
                UNION SELECT function_name FROM duckdb_functions() WHERE NOT internal
                """),
            session.ReadValues<string>("""
                SELECT keyword_name FROM duckdb_keywords()
                WHERE keyword_category = 'reserved'
                   OR keyword_name IN ('by', 'over', 'partition', 'join', 'left', 'inner', 'filter', 'exclude')
                """))
    {
    }

    /// <summary>Whether a character may be one of a word's.</summary>
    public static bool IsPart(char c) => char.IsLetterOrDigit(c) || c == '_';

    public IReadOnlyList<string> BeginningWith(string word) =>
        word.Length == 0 ? [] : [.. _words.Where(w => w.StartsWith(word, StringComparison.OrdinalIgnoreCase))];

    /// <summary>A line with its keywords in blue.</summary>
    public string Coloured(string line) =>
        Word().Replace(line, w => _keywords.Contains(w.Value) ? $"\u001b[94m{w.Value}\u001b[39m" : w.Value);

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
