using System.Text;

namespace LocalOpinions.Store.Sql;

/// <summary>A statement's words, texts with their doubled quotes, and single characters; no blanks and comments.</summary>
sealed class SqlPieces
{
    readonly List<string> _pieces = [];

    public SqlPieces(string statement)
    {
        var joins = false;
        for (var scanner = new SqlScanner(statement); scanner.Next();)
        {
            var piece = statement[scanner.Start..scanner.End];
            var isWord = piece.Length == 1 && IsWord(piece[0]);
            if (scanner.Kind == SqlPart.Blank)
                joins = false;
            else if (joins && (isWord ? IsWord(_pieces[^1][^1]) : piece[0] == '\'' && _pieces[^1][0] == '\''))
                _pieces[^1] += piece;
            else
                _pieces.Add(piece);
            joins |= scanner.Kind != SqlPart.Blank;
        }
    }

    public int Count => _pieces.Count;

    /// <summary>Whether one of these words stands somewhere; behind the end there is none.</summary>
    public bool Is(int at, params ReadOnlySpan<string> words) => at < Count && IsOneOf(_pieces[at], words);

    /// <summary>Whether one of these names does, be it in double quotes.</summary>
    public bool Names(int at, params ReadOnlySpan<string> names) => at < Count && IsOneOf(_pieces[at].AsSpan().Trim('"'), names);

    /// <summary>Whether the word stands anywhere before.</summary>
    public bool AnyBefore(int at, params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < at; i++)
        {
            if (Is(i, words))
                return true;
        }

        return false;
    }

    /// <summary>The text that stands there in single quotes and nothing else; null for whatever else does.</summary>
    public string? Text(int at) => at < Count && _pieces[at] is ['\'', .., '\''] quoted
        ? new StringBuilder(quoted, 1, quoted.Length - 2, 0).Replace("''", "'").ToString() : null;

    static bool IsOneOf(ReadOnlySpan<char> piece, ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (piece.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
