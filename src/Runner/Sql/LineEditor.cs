using LocalOpinions.Runner.Terminal;
using Spectre.Console;

namespace LocalOpinions.Runner.Sql;

/// <summary>Lets a person edit statements on a terminal, with history, completion and colours.</summary>
sealed class LineEditor(SqlWords words, ShellHistory history)
{
    readonly KeyReader _keys = new();
    readonly WordCompletion _completion = new(words);

    readonly LineView _view = new(
        Console.Out, Screen.Out.Profile.Capabilities.ColorSystem == ColorSystem.NoColors ? text => text : words.Coloured);

    public static bool IsSupported => Screen.Out.Profile is { Out.IsTerminal: true, Capabilities: { Ansi: true, Interactive: true } }
        && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    /// <summary>What was typed; null at the end of the input.</summary>
    /// <param name="goingOn">Whether it goes on with an unfinished statement.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public string? Read(bool goingOn, CancellationToken cancellation)
    {
        var text = new EditedText();
        var keys = new LineKeys(text, new HistoryWalk(history.Statements), _completion);
        try
        {
            while (true)
            {
                // Text that is pasted need not be drawn letter by letter.
                if (!_keys.HasMore)
                    Draw();
                switch (keys.Press(_keys.Read(cancellation)))
                {
                    case LineKeys.Outcome.Submitted:
                        return text.Text;
                    case LineKeys.Outcome.Ended:
                        return null;
                }
            }
        }
        finally
        {
            text.MoveTo(text.Text.Length);
            Draw();
            _view.Leave();
        }

        void Draw() => _view.Draw(text, goingOn, Screen.Out.Profile.Width, Screen.Out.Profile.Height);
    }
}
