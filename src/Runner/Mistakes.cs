using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>What is wrong with a command line, in sentences.</summary>
static partial class Mistakes
{
    // More letters apart, and another word was meant.
    const int FarthestSlip = 2;

    /// <param name="parsed">The command line as the library understands it.</param>
    /// <param name="arguments">The same as it was typed.</param>
    public static IReadOnlyList<string> Of(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        var command = parsed.CommandResult;
        if (parsed.UnmatchedTokens is [var unknown, ..])
            return [Unknown(MeantAsCommand(command) ?? unknown, command)];
        // The library takes both for further arguments: a file called --outt, a query called maybe.
        if (Options(arguments).FirstOrDefault(o => IsArgument(o.Typed, command)) is { Typed: { } mistyped })
            return [Unknown(mistyped, command)];
        if (Options(arguments).FirstOrDefault(o => o.Value is not (null or "true" or "false") && IsFlag(o.Name, command))
            is { Name: { } flag })
            return [$"{flag} takes no value."];
        // All mistakes of a kind at once; what has no value cannot be held against anything.
        if (command.Command is { Action: null, Subcommands.Count: > 0 })
            return [$"{PathOf(command)} needs a command: {string.Join(", ", Visible(command.Command))}."];
        if (parsed.Errors.Count > 0)
            return [.. parsed.Errors.Select(e => e.Message).Distinct()];
        if (command.Children.Where(c => c.Tokens.Any(t => t.Value.Length == 0)).ToList() is { Count: > 0 } empty)
            return [.. empty.Select(e => $"{NameOf(e)} takes a value, not an empty text.")];
        return command.Command is CheckedCommand { } chosen ? [.. chosen.Contradictions(parsed)] : [];
    }

    /// <summary>The same where help is asked for: what else stands there may be wrong, but not which command is meant.</summary>
    /// <inheritdoc cref="Of"/>
    public static IReadOnlyList<string> OfCommand(ParseResult parsed, IReadOnlyList<string> arguments) =>
        parsed.UnmatchedTokens is [var unknown, ..] && !unknown.StartsWith('-') && arguments.Contains(unknown)
            ? [Unknown(MeantAsCommand(parsed.CommandResult) ?? unknown, parsed.CommandResult)] : [];

    /// <summary>The command as one types it: "localopinions texts show".</summary>
    public static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "localopinions";

    /// <summary>What looks like an option, before what "--" marks as arguments.</summary>
    static IEnumerable<(string Typed, string Name, string? Value)> Options(IEnumerable<string> arguments) => arguments
        .TakeWhile(a => a != "--").Select(a => (Typed: a, Match: OptionShape().Match(a))).Where(a => a.Match.Success)
        .Select(a => (a.Typed, a.Match.Groups["name"].Value,
            a.Match.Groups["value"] is { Success: true, Value: var value } ? value : null));

    static bool IsArgument(string typed, CommandResult command) =>
        command.Children.OfType<ArgumentResult>().Any(a => a.Tokens.Any(t => t.Value == typed));

    static bool IsFlag(string name, CommandResult command) =>
        command.Command.Options.Any(o => o.ValueType == typeof(bool) && (o.Name == name || o.Aliases.Contains(name)));

    [GeneratedRegex(@"^(?<name>--?[a-zA-Z][\w-]*)([=:](?<value>\S*))?$")]
    private static partial Regex OptionShape();

    static string Unknown(string token, CommandResult command)
    {
        var isOption = token.StartsWith('-');
        var known = isOption ? OptionsOf(command) : [.. Visible(command.Command)];
        var what = isOption ? $"{PathOf(command)} has no option {token}"
            : known.Count > 0 && command.Command.Action is null ? $"{PathOf(command)} has no command {token}"
            : $"{PathOf(command)} has no place for {token}";
        var near = known.Select(k => (Name: k, Distance: EditDistance.Between(token, k))).Where(k => IsSlip(token, k.Name, k.Distance))
            .OrderBy(k => k.Distance).Select(k => k.Name).FirstOrDefault();
        return near is not null ? $"{what}. Did you mean {near}?"
            : isOption || known.Count == 0 || command.Command.Action is not null ? $"{what}."
            : $"{what}. Its commands are {string.Join(", ", known)}.";
    }

    // With more behind it than the command takes, a slip of a subcommand's name was taken for an argument.
    static string? MeantAsCommand(CommandResult command) =>
        command.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value)
            .FirstOrDefault(t => Visible(command.Command).Any(c => IsSlip(t, c, EditDistance.Between(t, c))));

    static bool IsSlip(string token, string known, int distance) => distance <= FarthestSlip && distance < known.TrimStart('-').Length
        || (token.TrimStart('-').Length > FarthestSlip && known.StartsWith(token, StringComparison.OrdinalIgnoreCase));

    static List<string> OptionsOf(CommandResult command) =>
        [.. command.Command.Options.Where(o => !o.Hidden).Select(o => o.Name), "--help"];

    static IEnumerable<string> Visible(Command command) => command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name);

    static string NameOf(SymbolResult result) => result switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult argument => $"The argument {argument.Argument.Name}",
        _ => "The command",
    };
}
