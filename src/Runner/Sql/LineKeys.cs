namespace LocalOpinions.Runner.Sql;

/// <summary>
/// What keys do in the shell: as in other shells, Enter goes on until a semicolon ends the statement, and arrows leave a statement for its
/// neighbours in the history.
/// </summary>
sealed class LineKeys(EditedText text, HistoryWalk history, WordCompletion completion)
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

    public Outcome Press(ConsoleKeyInfo pressed)
    {
        var (key, control) = (pressed.Key, pressed.Modifiers.HasFlag(ConsoleModifiers.Control));
        if (!char.IsControl(pressed.KeyChar))
            text.Insert(pressed.KeyChar.ToString());
        else if (key == ConsoleKey.Enter)
            return Enter();
        else if (key == ConsoleKey.D && control && text.Text.Length == 0)
            return Outcome.Ended;
        else if (Move(key, control) is { } place)
            text.MoveTo(place);
        else if (Delete(key, control) is { } end)
            text.DeleteTo(end);
        else if (key == ConsoleKey.UpArrow)
            history.Back(text);
        else if (key == ConsoleKey.DownArrow)
            history.Forward(text);
        else if (key == ConsoleKey.Tab)
            completion.Complete(text, pressed.Modifiers.HasFlag(ConsoleModifiers.Shift) ? -1 : 1);
        return Outcome.Edited;
    }

    // Where a key takes the caret; null for a key that does not move it.
    int? Move(ConsoleKey key, bool control) => (key, control) switch
    {
        (ConsoleKey.LeftArrow, false) => text.Left,
        (ConsoleKey.RightArrow, false) => text.Right,
        (ConsoleKey.LeftArrow, true) => text.WordLeft,
        (ConsoleKey.RightArrow, true) => text.WordRight,
        (ConsoleKey.Home, _) or (ConsoleKey.A, true) => text.LineStart,
        (ConsoleKey.End, _) or (ConsoleKey.E, true) => text.LineEnd,
        (ConsoleKey.UpArrow, false) when !text.OnFirstLine => text.Above,
        (ConsoleKey.DownArrow, false) when !text.OnLastLine => text.Below,
        (ConsoleKey.PageUp, _) => 0,
        (ConsoleKey.PageDown, _) => text.Text.Length,
        _ => null,
    };

    // To where a key deletes; null for a key that deletes nothing. A terminal may send a backspace as Ctrl-H.
    int? Delete(ConsoleKey key, bool control) => (key, control) switch
    {
        (ConsoleKey.Backspace, _) or (ConsoleKey.H, true) => text.Left,
        (ConsoleKey.Delete, _) or (ConsoleKey.D, true) => text.Right,
        (ConsoleKey.U, true) => text.LineStart,
        (ConsoleKey.K, true) => text.LineEnd,
        (ConsoleKey.W, true) => text.WordLeft,
        _ => null,
    };

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
