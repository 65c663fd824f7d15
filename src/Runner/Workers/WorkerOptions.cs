using System.CommandLine;
using System.CommandLine.Parsing;

namespace LocalOpinions.Runner.Workers;

/// <summary>The options that say in how many processes, and where, a run computes.</summary>
sealed class WorkerOptions
{
    public const int MostWorkers = 64;

    readonly Option<int?> _workers = new("--workers")
    {
        Description = "Engines, each in a process of its own with the whole model, that share the work. Default: one; with several GPUs that each hold the model, one per GPU.",
        HelpName = "N",
        CustomParser = result => Options.Within(result, MostWorkers),
    };
    readonly Option<bool> _isolate = new("--isolate") { Description = "Run the engine in a process of its own, which is replaced if native code ends it. The default on GPUs and for model files that are new to the results file." };
    readonly Option<bool> _noIsolate = new("--no-isolate") { Description = "Run the engine in this process, whatever the model file." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _workers, _isolate, _noIsolate })
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_noIsolate) && (result.GetValue(_isolate) || (result.GetResult(_workers) is { Errors: var errors } && !errors.Any() && result.GetValue(_workers) > 1)))
                result.AddError("--no-isolate keeps the engine in this process; leave out --isolate and --workers.");
        });
    }

    /// <param name="except">Options of the command that are not a worker's business.</param>
    public WorkerChoice Read(ParseResult parsed, params IEnumerable<Option> except) => new(
        parsed.GetValue(_workers), parsed.GetValue(_isolate) ? true : parsed.GetValue(_noIsolate) ? false : null, [.. ArgumentsOf(parsed, [.. except, _workers, _isolate, _noIsolate])]);

    // As NAME=VALUE, so that a value that begins with a dash stays a value.
    static IEnumerable<string> ArgumentsOf(ParseResult parsed, HashSet<Option> except) => parsed.CommandResult.Children.OfType<OptionResult>()
        .Where(o => !o.Implicit && !except.Contains(o.Option))
        .SelectMany(o => o.Tokens.Count == 0 ? [o.Option.Name] : o.Tokens.Select(t => $"{o.Option.Name}={t.Value}"));

    /// <summary>How a run wants its engines.</summary>
    /// <param name="Workers">How many; null to choose.</param>
    /// <param name="Isolate">Whether they must, or must not, have processes of their own; null to choose.</param>
    /// <param name="Arguments">The command line that tells a worker what the run is about.</param>
    public sealed record WorkerChoice(int? Workers, bool? Isolate, IReadOnlyList<string> Arguments);
}
