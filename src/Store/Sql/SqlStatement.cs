namespace LocalOpinions.Store.Sql;

/// <summary>One statement of an SQL text.</summary>
/// <param name="Text">From its first word on, without leading comments and without the closing semicolon.</param>
/// <param name="Line">The line of the text, from 1, on which it begins.</param>
/// <param name="IsComplete">Whether a semicolon closed it; the last statement of a text may lack it.</param>
public sealed record SqlStatement(string Text, int Line, bool IsComplete)
{
    /// <summary>Takes a text apart at its semicolons. What stands in quotes or comments parts nothing.</summary>
    /// <returns>The statements in order; blanks and comments alone are none.</returns>
    public static IReadOnlyList<SqlStatement> Split(string sql)
    {
        List<SqlStatement> statements = [];
        var (start, line) = (-1, 0);
        for (var scanner = new SqlScanner(sql); scanner.Next();)
        {
            if (start < 0 && scanner.Kind is SqlPart.Other)
                (start, line) = (scanner.Start, scanner.Line);
            if (scanner.Kind is not SqlPart.Semicolon)
                continue;
            if (start >= 0)
                statements.Add(new(sql[start..scanner.Start].TrimEnd(), line, true));
            start = -1;
        }

        if (start >= 0)
            statements.Add(new(sql[start..].TrimEnd(), line, false));
        return statements;
    }
}
