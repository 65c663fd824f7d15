using System.CommandLine;
using LocalOpinions.Runner.Commands;

namespace LocalOpinions.Runner.Tests;

/// <summary>Every option of every command with a missing, a wrong, an empty, a huge and a repeated value.</summary>
public sealed class OptionMisuseTests : IDisposable
{
    // Values with which a command line is whole, and leads to nothing that is there.
    static readonly Dictionary<string, string> s_fine = new()
    {
        ["--survey"] = "sample",
        ["--question"] = "0",
        ["--language"] = "tr",
        ["--provenance"] = "human",
    };

    // What such an option takes is a word or a number and no text of the user's own.
    static readonly string[] s_closed = ["N", "N...", "T", "P", "TAG", "CONDITION...", "MEASURE..."];

    readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    /// <summary>Every command as one types it.</summary>
    public static IEnumerable<string> Paths => CommandsOf(CommandTree.Create(), []).Select(c => string.Join(' ', c.Path));

    public static TheoryData<string> Commands => [.. Paths];

    [Theory, MemberData(nameof(Commands))]
    public async Task Every_option_refuses_what_it_cannot_take(string path)
    {
        var (words, command) = CommandsOf(CommandTree.Create(), []).Single(c => string.Join(' ', c.Path) == path);
        foreach (var option in command.Options.Where(o => o.ValueType != typeof(bool)))
        {
            string[] rest = [.. words, .. Whole(command, without: option)];
            var wrong = new string('9', 100_000);
            (await _line.RunAsync([.. rest, option.Name])).Refused(ExitCodes.Usage);
            (await _line.RunAsync([.. rest, option.Name, ""])).Refused(ExitCodes.Usage);
            (await _line.RunAsync([.. rest, $"{option.Name}="])).Refused(ExitCodes.Usage);
            if (IsClosed(option))
            {
                (await _line.RunAsync([.. rest, option.Name, "buses"])).Refused(ExitCodes.Usage);
                (await _line.RunAsync([.. rest, option.Name, "-1.5"])).Refused(ExitCodes.Usage);
                (await _line.RunAsync([.. rest, option.Name, wrong])).Refused(ExitCodes.Usage);
            }
            else
            {
                (await _line.RunAsync([.. rest, option.Name, wrong])).Refused(ExitCodes.Usage, ExitCodes.File);
            }
            if (option.Arity.MaximumNumberOfValues == 1)
            {
                var value = s_fine.GetValueOrDefault(option.Name, "1");
                (await _line.RunAsync([.. rest, option.Name, value, option.Name, value])).Refused(ExitCodes.Usage);
            }
        }
        Assert.Empty(_line.Files());
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task Every_flag_refuses_a_value(string path)
    {
        var (words, command) = CommandsOf(CommandTree.Create(), []).Single(c => string.Join(' ', c.Path) == path);
        foreach (var option in command.Options.Where(o => o.ValueType == typeof(bool)))
        {
            string[] rest = [.. words, .. Whole(command, without: option)];
            foreach (var value in new[] { "maybe", "1", new string('x', 100_000) })
                (await _line.RunAsync([.. rest, $"{option.Name}={value}"])).Refused(ExitCodes.Usage);
        }
        Assert.Empty(_line.Files());
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task Every_argument_refuses_what_it_cannot_take(string path)
    {
        var (words, command) = CommandsOf(CommandTree.Create(), []).Single(c => string.Join(' ', c.Path) == path);
        foreach (var argument in command.Arguments)
        {
            string[] rest = [.. words, .. Whole(command, without: argument)];
            (await _line.RunAsync([.. rest, ""])).Refused(ExitCodes.Usage);
            (await _line.RunAsync([.. rest, new string('x', 100_000)])).Refused(ExitCodes.Usage, ExitCodes.File);
        }
        (await _line.RunAsync([.. words, "--nonesuch", "x"])).Refused(ExitCodes.Usage);
    }

    [Theory]
    [InlineData("runn", "has no command runn. Did you mean run?")]
    [InlineData("texts shwo", "localopinions texts has no command shwo. Did you mean show?")]
    [InlineData("texts", "localopinions texts needs a command: show, words, agreement, sheet, codes, classify.")]
    [InlineData("texts xyzzy", "Its commands are show, words, agreement, sheet, codes, classify.")]
    [InlineData("run --modle x", "localopinions run has no option --modle. Did you mean --model?")]
    [InlineData("merge --outt all.duckdb a.duckdb", "localopinions merge has no option --outt. Did you mean --out?")]
    [InlineData("report a.duckdb b.html", "localopinions report has no place for b.html.")]
    [InlineData("sql a.duckdb --csv=yes", "--csv takes no value.")]
    [InlineData("compare f --run a", "--run takes a whole number of 1 or more, not a.")]
    [InlineData("run -m x -s sample --condition", "Required argument missing for option: '--condition'.")]
    [InlineData("study -m x -s sample --template x", "--template takes faithful, shareable or corrected, not x.")]
    [InlineData("study -m x x -s sample", "a model is named twice")]
    [InlineData("run -m x -s sample --no-isolate --isolate", "--no-isolate keeps the engine in this process")]
    [InlineData("sql f --csv --json", "exclude each other")]
    [InlineData("run -m x -s sample --reading text --options unlisted --perturb typos labels-roman",
        "--perturb labels-roman changes the list of options, and --options unlisted has none")]
    [InlineData("run -m x -s sample --personas p.csv --language ru", "give --wordings in that language")]
    [InlineData("run -m x -s sample --personas p.csv --control wrong-country", "leave --control wrong-country out, or --personas")]
    public async Task What_is_wrong_is_said_in_one_sentence(string line, string sentence)
    {
        var end = await _line.RunAsync(line.Split(' '));
        end.Refused(ExitCodes.Usage);
        Assert.Contains(sentence, end.Error);
        Assert.Equal(2, end.Error.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task The_hint_names_a_command_that_there_is() => Assert.Contains("See: localopinions texts show --help",
        (await _line.RunAsync("texts", "show", "f")).Error);

    [Fact]
    public async Task Help_is_given_whatever_else_is_wrong() =>
        Assert.Equal(ExitCodes.Done, (await _line.RunAsync("run", "--json=maybe", "--help")).Code);

    [Fact]
    public async Task A_file_whose_name_begins_with_a_hyphen_is_named_behind_two() =>
        Assert.Contains("--nonesuch does not exist", (await _line.RunAsync("report", "--", "--nonesuch")).Error);

    static IEnumerable<string> Whole(Command command, Symbol without) =>
    [
        .. command.Options.Where(o => o.Required && o != without).SelectMany(o => new[] { o.Name, s_fine.GetValueOrDefault(o.Name, "no") }),
        .. command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0 && a != without).Select(_ => "nonesuch"),
    ];

    static bool IsClosed(Option option) =>
        option.HelpName is { } name && (s_closed.Contains(name)
                || (name.Contains('|') && !name.StartsWith("ID|", StringComparison.Ordinal)))
            || option.Name == "--conditions";

    internal static IEnumerable<(string[] Path, Command Command)> CommandsOf(Command command, string[] path)
    {
        foreach (var sub in command.Subcommands.Where(c => !c.Hidden).SelectMany(c => CommandsOf(c, [.. path, c.Name])))
            yield return sub;
        if (command.Action is not null && path.Length > 0)
            yield return (path, command);
    }
}
