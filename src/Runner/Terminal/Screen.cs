using System.Globalization;
using LocalOpinions.Analysis.Texts;
using Spectre.Console;

namespace LocalOpinions.Runner.Terminal;

/// <summary>What goes to a person's terminal. Results go to standard output, progress and complaints to standard error.</summary>
static class Screen
{
    const int WidthOfPipe = 200, Narrowest = 20, Widest = 10_000;
    const int LongestWord = 4096, ShortenedWord = 60;

    public static IAnsiConsole Out => Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>Prose on standard output: a terminal breaks no word of it, and a file has it in one line.</summary>
    /// <param name="text">One paragraph or several.</param>
    /// <param name="label">What stands before it; its further lines go on below its first.</param>
    public static void Say(string text, string label = "")
    {
        var lines = Columns is null && Console.IsOutputRedirected ? Clean(text).Split('\n')
            : CellLines.Wrapped(Clean(text), Math.Max(Narrowest, Out.Profile.Width - label.Length), whole: true);
        foreach (var (i, line) in lines.Index())
            Console.Out.WriteLine((i == 0 ? label : new string(' ', label.Length)) + line);
    }

    /// <summary>
    /// A notice on standard error. On a terminal it goes through the console that shows progress, which clears its lines first and draws
    /// them again below.
    /// </summary>
    public static void Tell(string notice)
    {
        if (Console.IsErrorRedirected)
            Console.Error.WriteLine(Clean(notice));
        else
            Error.WriteLine(Clean(notice));
    }

    /// <summary>A line on standard error, if that can be written; where it cannot there is nobody to tell.</summary>
    public static void TryTell(string line)
    {
        try
        {
            Console.Error.WriteLine(Clean(line));
        }
        catch (IOException)
        {
            // The exit code says what matters still.
        }
    }

    /// <summary>A message in which no word is longer than any path: what was typed or read may be of any length.</summary>
    public static string Shorten(string message) => message.Length <= LongestWord ? message : string.Join(' ',
        message.Split(' ').Select(word => word.Length <= LongestWord ? word : $"{word[..ShortenedWord]}…"));

    /// <summary>Text from files, without the control characters that would steer a terminal.</summary>
    public static string Clean(string text) => PlainText.Clean(text);

    // The width that a person, or a shell, names.
    static int? Columns =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns)
            ? Math.Clamp(columns, Narrowest, Widest) : null;

    static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var plain = redirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        // A pipe has no width of its own: let no line of a table wrap.
        if (Columns is { } columns)
            console.Profile.Width = columns;
        else if (redirected)
            console.Profile.Width = WidthOfPipe;
        return console;
    }
}
