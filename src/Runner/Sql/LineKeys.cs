using RadLine;
using Spectre.Console;

namespace LocalOpinions.Runner.Sql;

/// <summary>What keys do in the shell: as in other shells, Enter goes on until a semicolon ends the statement, and arrows leave a statement for its neighbours in the history.</summary>
sealed class LineKeys : ILineEditorPrompt
{
    // The editor tells a command its line, and only a prompt where that line stands.
    ILineEditorState? _state;

    /// <summary>Whether Ctrl-D on an empty line has ended the input.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>Whether the next line goes on with a statement that was submitted too early, with its semicolon inside quotes.</summary>
    public bool GoingOn { get; set; }

    public (Markup Markup, int Margin) GetPrompt(ILineEditorState state, int line)
    {
        _state = state;
        return (new Markup(line == 0 && !GoingOn ? "sql>" : "  ->"), 1);
    }

    public void AddTo(KeyBindings bindings)
    {
        bindings.Add(ConsoleKey.Enter, () => new Command(Enter));
        bindings.Add(ConsoleKey.UpArrow, () => new Command(c => c.Submit(_state!.IsFirstLine ? SubmitAction.PreviousHistory : SubmitAction.MoveUp)));
        bindings.Add(ConsoleKey.DownArrow, () => new Command(c => c.Submit(_state!.IsLastLine ? SubmitAction.NextHistory : SubmitAction.MoveDown)));
        bindings.Add(ConsoleKey.A, ConsoleModifiers.Control, () => new MoveHomeCommand());
        bindings.Add(ConsoleKey.E, ConsoleModifiers.Control, () => new MoveEndCommand());
        bindings.Add(ConsoleKey.U, ConsoleModifiers.Control, () => new Command(c => c.Buffer.Clear(0, c.Buffer.Position)));
        bindings.Add(ConsoleKey.K, ConsoleModifiers.Control, () => new Command(c => c.Buffer.Clear(c.Buffer.Position, c.Buffer.Length - c.Buffer.Position)));
        bindings.Add(ConsoleKey.W, ConsoleModifiers.Control, () => new Command(DeleteWord));
        bindings.Add(ConsoleKey.D, ConsoleModifiers.Control, () => new Command(EndOrDelete));
    }

    void Enter(LineEditorContext context)
    {
        var line = context.Buffer.Content.Trim();
        var alone = _state!.LineCount == 1;
        if (line.EndsWith(';') || (alone && (line.Length == 0 || line[0] == '.' || SqlShell.IsGoodbye(line))))
            context.Submit(SubmitAction.Submit);
        else
            context.Submit(_state.IsLastLine ? SubmitAction.NewLine : SubmitAction.MoveDown);
    }

    void EndOrDelete(LineEditorContext context)
    {
        if (context.Buffer.Length > 0 || _state!.LineCount > 1)
        {
            context.Execute(new DeleteCommand());
            return;
        }

        AtEnd = true;
        context.Submit(SubmitAction.Cancel);
    }

    static void DeleteWord(LineEditorContext context)
    {
        var end = context.Buffer.Position;
        context.Buffer.MoveToPreviousWord();
        context.Buffer.Clear(context.Buffer.Position, end - context.Buffer.Position);
    }

    sealed class Command(Action<LineEditorContext> action) : LineEditorCommand
    {
        public override void Execute(LineEditorContext context) => action(context);
    }
}
