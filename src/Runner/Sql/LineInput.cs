using LocalOpinions.Store.Sql;

namespace LocalOpinions.Runner.Sql;

/// <summary>Reads a person's statements: with editing and history where the terminal can, else line by line.</summary>
sealed class LineInput
{
    readonly ShellHistory _history = new();
    readonly LineEditor? _editor;

    public LineInput(SqlSession session)
    {
        if (LineEditor.IsSupported)
            _editor = new LineEditor(new SqlWords(session), _history);
    }

    /// <summary>The next lines; null at the end of the input, empty text where the lines were thrown away with Ctrl-C.</summary>
    /// <param name="goingOn">Whether they go on with an unfinished statement.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    public string? Read(bool goingOn, CancellationToken cancellation)
    {
        if (_editor is null)
        {
            Console.Error.Write(LineView.Prompt(goingOn));
            return Console.In.ReadLine() is { } line ? line + "\n" : null;
        }

        try
        {
            // A terminal may take a character for wider than it is known to be: what goes beyond the edge must not wrap.
            Console.Out.Write("\u001b[?7l");
            return _editor.Read(goingOn, cancellation);
        }
        catch (OperationCanceledException)
        {
            Console.Out.WriteLine("^C");
            return "";
        }
        finally
        {
            Console.Out.Write("\u001b[?7h");
        }
    }

    public void Remember(string statement) => _history.Add(statement);
}
