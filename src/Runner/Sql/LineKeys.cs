namespace LocalOpinions.Runner.Sql;

/// <summary>What keys do in the shell: as in other shells, Enter goes on until a semicolon ends the statement, and arrows leave a statement for its neighbours in the history.</summary>
sealed class LineKeys(EditedText text, HistoryWalk history, WordCompletion? completion)
{
    public enum Outcome
    {
        /// <summary>The text may have changed, and a person goes on with it.</summary>
        Edited,

        /// <summary>The text is to be carried out.</summary>
        Submitted,

        /// <summary>Ctrl-D on nothing: there is no more to come.</summary>
        Ended,
    }

    public Outcome Press(ConsoleKeyInfo key)
    {
        if (!char.IsControl(key.KeyChar))
            text.Insert(key.KeyChar.ToString());
        else if (key.Key == ConsoleKey.Enter)
            return Enter();
        else if (key.Modifiers.HasFlag(ConsoleModifiers.Control))
            return Control(key.Key);
        else
            Plain(key.Key, key.Modifiers);
        return Outcome.Edited;
    }

    void Plain(ConsoleKey key, ConsoleModifiers modifiers)
    {
        switch (key)
        {
            case ConsoleKey.Backspace:
                text.DeleteTo(text.Left);
                break;
            case ConsoleKey.Delete:
                text.DeleteTo(text.Right);
                break;
            case ConsoleKey.LeftArrow:
                text.MoveTo(text.Left);
                break;
            case ConsoleKey.RightArrow:
                text.MoveTo(text.Right);
                break;
            case ConsoleKey.Home:
                text.MoveTo(text.LineStart);
                break;
            case ConsoleKey.End:
                text.MoveTo(text.LineEnd);
                break;
            case ConsoleKey.UpArrow when text.OnFirstLine:
                history.Back(text);
                break;
            case ConsoleKey.UpArrow:
                text.MoveTo(text.Above);
                break;
            case ConsoleKey.DownArrow when text.OnLastLine:
                history.Forward(text);
                break;
            case ConsoleKey.DownArrow:
                text.MoveTo(text.Below);
                break;
            case ConsoleKey.PageUp:
                text.MoveTo(0);
                break;
            case ConsoleKey.PageDown:
                text.MoveTo(text.Text.Length);
                break;
            case ConsoleKey.Tab:
                completion?.Complete(text, modifiers.HasFlag(ConsoleModifiers.Shift) ? -1 : 1);
                break;
        }
    }

    Outcome Control(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.D when text.Text.Length == 0:
                return Outcome.Ended;
            case ConsoleKey.D:
                text.DeleteTo(text.Right);
                break;
            case ConsoleKey.A:
                text.MoveTo(text.LineStart);
                break;
            case ConsoleKey.E:
                text.MoveTo(text.LineEnd);
                break;
            case ConsoleKey.U:
                text.DeleteTo(text.LineStart);
                break;
            case ConsoleKey.K:
                text.DeleteTo(text.LineEnd);
                break;
            case ConsoleKey.W:
                text.DeleteTo(text.WordLeft);
                break;
            case ConsoleKey.LeftArrow:
                text.MoveTo(text.WordLeft);
                break;
            case ConsoleKey.RightArrow:
                text.MoveTo(text.WordRight);
                break;
            case ConsoleKey.UpArrow:
                history.Back(text);
                break;
            case ConsoleKey.DownArrow:
                history.Forward(text);
                break;
            // A terminal may send a backspace as Ctrl-H.
            case ConsoleKey.H or ConsoleKey.Backspace:
                text.DeleteTo(text.Left);
                break;
        }
        return Outcome.Edited;
    }

    Outcome Enter()
    {
        var line = text.Line.Trim();
        var alone = text.OnFirstLine && text.OnLastLine;
        if (line.EndsWith(';') || (alone && (line.Length == 0 || line[0] == '.' || SqlShell.IsGoodbye(line))))
            return Outcome.Submitted;
        if (text.OnLastLine)
            text.Insert("\n");
        else
            text.MoveTo(text.Below);
        return Outcome.Edited;
    }
}
