using LocalOpinions.Store;
using RadLine;

namespace LocalOpinions.Runner.Sql;

/// <summary>Reads a person's statements: with editing and history where the terminal can, else line by line.</summary>
sealed class LineInput
{
    readonly LineKeys _keys = new();
    readonly ShellHistory _history = new();
    readonly LineEditor? _editor;

    public LineInput(SqlSession session)
    {
        if (!LineEditor.IsSupported(Screen.Out) || Environment.GetEnvironmentVariable("TERM") is "dumb")
            return;
        var words = new SqlWords(session);
        _editor = new LineEditor(Screen.Out, new KeyReader()) { MultiLine = true, Prompt = _keys, Completion = words, Highlighter = words.Highlighter };
        _keys.AddTo(_editor.KeyBindings);
        foreach (var statement in _history.Statements)
            _editor.History.Add(statement);
    }

    /// <summary>The next lines; null at the end of the input, empty text where the lines were thrown away with Ctrl-C.</summary>
    /// <param name="goingOn">Whether they go on with an unfinished statement.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    public string? Read(bool goingOn, CancellationToken cancellation)
    {
        if (_editor is null)
        {
            Console.Error.Write(goingOn ? "  -> " : "sql> ");
            return Console.In.ReadLine() is { } line ? line + "\n" : null;
        }

        _keys.GoingOn = goingOn;
        try
        {
            // The editor counts characters, of which some are two cells wide: what goes beyond the edge must not wrap.
            Console.Out.Write("\u001b[?7l");
            var text = _editor.ReadLine(cancellation).GetAwaiter().GetResult();
            return text is null && !_keys.AtEnd ? "" : text;
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
