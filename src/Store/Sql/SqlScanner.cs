namespace LocalOpinions.Store.Sql;

enum SqlPart
{
    Blank,
    Semicolon,

    /// <summary>A character, or a whole quoted piece.</summary>
    Other,
}

/// <summary>Goes through SQL piece by piece, as far as it takes to know which semicolons end a statement.</summary>
/// <remarks>The rules are those of DuckDB's parser, which are PostgreSQL's: block comments nest, a backslash escapes in E'...' alone, $tag$
/// quotes up to the same tag.</remarks>
ref struct SqlScanner(ReadOnlySpan<char> sql)
{
    readonly ReadOnlySpan<char> _sql = sql;
    int _end;
    int _lineAtEnd = 1;

    public SqlPart Kind { get; private set; }

    public int Start { get; private set; }

    public int Line { get; private set; }

    /// <summary>Where the piece ends.</summary>
    public readonly int End => _end;

    public bool Next()
    {
        if (_end >= _sql.Length)
            return false;
        (Start, Line) = (_end, _lineAtEnd);
        var rest = _sql[Start..];
        (Kind, var length) = rest switch
        {
            [';', ..] => (SqlPart.Semicolon, 1),
            ['-', '-', ..] => (SqlPart.Blank, Or(rest.IndexOf('\n'), rest.Length)),
            ['/', '*', ..] => BlockComment(rest),
            ['\'', ..] => (SqlPart.Other, Quoted(rest, '\'', FollowsE())),
            ['"', ..] => (SqlPart.Other, Quoted(rest, '"', false)),
            ['$', ..] => (SqlPart.Other, DollarQuoted(rest)),
            [var c, ..] => (char.IsWhiteSpace(c) ? SqlPart.Blank : SqlPart.Other, 1),
            _ => throw new InvalidOperationException("The text has an end."),
        };
        _end = Start + length;
        _lineAtEnd += rest[..length].Count('\n');
        return true;
    }

    // A doubled quote ends one piece and begins the next: no need to know it.
    static int Quoted(ReadOnlySpan<char> text, char quote, bool escapes)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (escapes && text[i] == '\\')
                i++;
            else if (text[i] == quote)
                return i + 1;
        }

        return text.Length;
    }

    // An open comment is no blank: what follows it is still to come.
    static (SqlPart Kind, int Length) BlockComment(ReadOnlySpan<char> text)
    {
        for (int i = 0, depth = 0; i < text.Length - 1; i++)
        {
            if (text[i] == '/' && text[i + 1] == '*')
                (depth, i) = (depth + 1, i + 1);
            else if (text[i] == '*' && text[i + 1] == '/')
                (depth, i) = (depth - 1, i + 1);
            if (depth == 0)
                return (SqlPart.Blank, i + 1);
        }

        return (SqlPart.Other, text.Length);
    }

    static int DollarQuoted(ReadOnlySpan<char> text)
    {
        var close = text[1..].IndexOf('$');
        if (close < 0)
            return 1;
        var tag = text[1..(close + 1)];
        if (tag is [>= '0' and <= '9', ..])
            return 1;
        foreach (var c in tag)
        {
            if (!char.IsLetterOrDigit(c) && c != '_')
                return 1;
        }

        var mark = text[..(close + 2)];
        return Or(text[mark.Length..].IndexOf(mark) is >= 0 and var end ? 2 * mark.Length + end : -1, text.Length);
    }

    readonly bool FollowsE() => Start > 0 && _sql[Start - 1] is 'e' or 'E'
        && (Start == 1 || !(char.IsLetterOrDigit(_sql[Start - 2]) || _sql[Start - 2] == '_'));

    static int Or(int index, int otherwise) => index >= 0 ? index : otherwise;
}
