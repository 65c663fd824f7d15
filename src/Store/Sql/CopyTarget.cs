using System.Text;

namespace LocalOpinions.Store.Sql;

/// <summary>The files that SQL's COPY ... TO would write, found before it runs: DuckDB replaces whatever is there.</summary>
static class CopyTarget
{
    /// <summary>Refuses statements that would write onto what is kept.</summary>
    /// <param name="sql">One or more statements.</param>
    /// <param name="whyKept">What a file that is there is, in words; null where it may be replaced.</param>
    /// <exception cref="StoreException">One would, or does not say where it writes in plain text.</exception>
    public static void Require(string sql, Func<string, string?> whyKept)
    {
        foreach (var named in SqlStatement.Split(sql).SelectMany(s => Of(s.Text)))
        {
            if (named is null || named.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
                throw new StoreException(StoreError.Sql, "COPY ... TO takes the file's path in single quotes here, so that no file is "
                    + "replaced that must stay.");
            // As DuckDB understands it.
            var target = named.StartsWith("~/", StringComparison.Ordinal)
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), named[2..]) : named;
            // A log that is not there yet is read all the same when the database beside it is opened next.
            if ((DatabaseFile.IsLog(target) ? DatabaseFile.Log : File.Exists(target) ? whyKept(target) : null) is { } kind)
                throw new StoreException(StoreError.Sql, $"{target} is {kind}, and stays as it is. Name another file.");
        }
    }

    // The text behind a TO that stands outside parentheses, somewhere behind a COPY: also of one that is prepared or explained.
    static List<string?> Of(string statement)
    {
        List<string?> targets = [];
        List<string> pieces = Pieces(statement);
        var (depth, copies) = (0, false);
        for (var i = 0; i < pieces.Count; i++)
        {
            depth += pieces[i] switch { "(" => 1, ")" => -1, _ => 0 };
            if (Is(i, "COPY"))
                copies = !Is(i + 1, "FROM");
            else if (copies && depth == 0 && Is(i, "TO"))
                targets.Add(i + 1 < pieces.Count && pieces[i + 1] is ['\'', .., '\''] ? Text(pieces[i + 1]) : null);
        }
        return targets;

        bool Is(int i, string word) => i < pieces.Count && pieces[i].Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    // Words, texts with their doubled quotes, and single characters; no blanks and comments.
    static List<string> Pieces(string statement)
    {
        List<string> pieces = [];
        var joins = false;
        for (var scanner = new SqlScanner(statement); scanner.Next();)
        {
            var piece = statement[scanner.Start..scanner.End];
            var isWord = piece.Length == 1 && IsWord(piece[0]);
            if (scanner.Kind == SqlPart.Blank)
                joins = false;
            else if (joins && (isWord ? IsWord(pieces[^1][^1]) : piece[0] == '\'' && pieces[^1][0] == '\''))
                pieces[^1] += piece;
            else
                pieces.Add(piece);
            joins |= scanner.Kind != SqlPart.Blank;
        }
        return pieces;
    }

    static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    static string Text(string quoted) => new StringBuilder(quoted, 1, quoted.Length - 2, 0).Replace("''", "'").ToString();
}
