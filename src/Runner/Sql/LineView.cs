using System.Globalization;
using System.Text;
using LocalOpinions.Runner.Terminal;
using Spectre.Console;

namespace LocalOpinions.Runner.Sql;

/// <summary>
/// Draws edited text on a terminal, in place of what it drew before. What is too long or too high for it scrolls with the caret.
/// </summary>
/// <param name="colour">Colours a part of a line without changing its width.</param>
sealed class LineView(TextWriter output, Func<string, string> colour)
{
    const int PromptWidth = 5;

    // How far the cursor stands below the first line that is drawn.
    int _row;

    public static string Prompt(bool goingOn) => goingOn ? "  -> " : "sql> ";

    public void Draw(EditedText text, bool goingOn, int width, int height)
    {
        var lines = text.Text.Split('\n');
        var caretLine = text.Text.AsSpan(0, text.Caret).Count('\n');
        var shown = Math.Min(lines.Length, Math.Max(1, height));
        var first = Math.Clamp(caretLine - shown + 1, 0, lines.Length - shown);
        var drawn = new StringBuilder("\u001b[?25l").Append(Up(_row)).Append('\r');
        var column = 0;
        for (var i = first; i < first + shown; i++)
        {
            var (seen, at) = Window(lines[i], i == caretLine ? text.Caret - text.LineStart : 0, width - PromptWidth);
            if (i == caretLine)
                column = PromptWidth + at;
            drawn.Append(i == first ? "" : "\r\n").Append(Prompt(goingOn || i > 0)).Append(colour(seen)).Append("\u001b[K");
        }
        _row = caretLine - first;
        drawn.Append("\u001b[J").Append(Up(shown - 1 - _row)).Append(CultureInfo.InvariantCulture, $"\r\u001b[{column}C\u001b[?25h");
        output.Write(drawn);
        output.Flush();
    }

    /// <summary>Leaves the text as it stands, for what comes below it.</summary>
    public void Leave()
    {
        output.Write("\r\n");
        _row = 0;
    }

    static string Up(int rows) => rows == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\u001b[{rows}A");

    // The part of a line that is seen, and where in it the caret stands, in cells: some characters are two cells wide.
    static (string Seen, int Caret) Window(string line, int caret, int width)
    {
        var before = Cells(line[..caret]);
        var from = 0;
        var at = before.Sum(c => c.Width);
        while (at >= width && from < before.Count)
            at -= before[from++].Width;
        var seen = new StringBuilder();
        var used = 0;
        foreach (var (cell, cellWidth) in Cells(line).Skip(from))
        {
            used += cellWidth;
            if (used >= width)
                break;
            seen.Append(cell);
        }
        return (seen.ToString(), at);
    }

    static List<(string Text, int Width)> Cells(string text)
    {
        List<(string, int)> cells = [];
        for (var elements = StringInfo.GetTextElementEnumerator(Screen.Clean(text).Replace('\t', ' ')); elements.MoveNext();)
            cells.Add((elements.GetTextElement(), elements.GetTextElement().GetCellWidth()));
        return cells;
    }
}
