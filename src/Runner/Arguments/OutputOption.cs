using System.CommandLine;
using System.CommandLine.Parsing;
using LocalOpinions.Asking.Outputs;

namespace LocalOpinions.Runner.Arguments;

/// <summary>
/// The option or argument that names a file to write, results files apart, and --force beside it: every command that writes one has this.
/// </summary>
sealed class OutputOption
{
    readonly Symbol _path;
    readonly Action<Command> _addTo;
    readonly Func<ParseResult, string?> _value;
    readonly Option<bool> _force = new("--force")
    {
        Description = "Replace the file that is written if it is there already, whoever wrote it; without it only this program's own "
            + "pages are. Results files, models, surveys and what the command reads are never replaced.",
    };

    public OutputOption(Option<string?> path) => (_path, _addTo, _value) = (path, c => c.Add(path), parsed => parsed.GetValue(path));

    public OutputOption(Argument<string> path) => (_path, _addTo, _value) = (path, c => c.Add(path), parsed => parsed.GetValue(path));

    public void AddTo(Command command)
    {
        _addTo(command);
        command.Add(_force);
    }

    /// <summary>Whether the command line names a file.</summary>
    public bool IsNamed(ParseResult parsed) => _value(parsed) is not null;

    /// <summary>The file to write, once it is known that it can be written.</summary>
    public OutputFile Read(ParseResult parsed) => ReadIfNamed(parsed)!;

    /// <summary>The same where the command line may name none; null then.</summary>
    /// <param name="parsed">Whatever else it names the command reads, or writes in another way.</param>
    /// <param name="also">The same, where it is not named.</param>
    /// <param name="content">What will be written, where that is known.</param>
    public OutputFile? ReadIfNamed(ParseResult parsed, string? also = null, byte[]? content = null)
    {
        if (_value(parsed) is not { } path)
            return null;
        var named = parsed.CommandResult.Children.Where(c => Named(c) != _path).SelectMany(c => c.Tokens).Select(t => t.Value);
        return OutputFile.At(path, also is null ? named : named.Append(also), parsed.GetValue(_force), content);
    }

    static Symbol? Named(SymbolResult result) => result switch
    {
        OptionResult option => option.Option,
        ArgumentResult argument => argument.Argument,
        _ => null,
    };
}
