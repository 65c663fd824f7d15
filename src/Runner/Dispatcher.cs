using System.CommandLine;
using LocalOpinions.Analysis;
using LocalOpinions.Endpoints;
using LocalOpinions.Engine;
using LocalOpinions.Hub;
using LocalOpinions.Report;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Serve;
using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>Runs a parsed command: turns expected failures into one clear line and an exit code.</summary>
static class Dispatcher
{
    static readonly Remedy[] s_otherArgument =
        [Remedy.NameTranslation, Remedy.NameLanguage, Remedy.NameQuestion, Remedy.NameModel, Remedy.ListStudies];

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        // No @file arguments: a file name that begins with @ is a file name.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var mistakes = parsed.Action is { ClearsParseErrors: true } ? Mistakes.OfCommand(parsed, args) : Mistakes.Of(parsed, args);
        if (mistakes.Count > 0)
            return Refuse(parsed, mistakes);

        // What was asked for help may be wrong in any option.
        using var log = parsed.Errors.Count > 0 ? null : LogLines.Begin(parsed.CommandResult.Command.Name, IsQuiet(parsed));
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null
            });
        }
        catch (OperationCanceledException)
        {
            Complain("interrupted; what is stored is kept, run the same command again.");
            return ExitCodes.Interrupted;
        }
        catch (UsageException e)
        {
            return Refuse(parsed, [e.Message]);
        }
        catch (Exception e) when (ExitCodeOf(e) is { } code)
        {
            Complain(RemedyText.Told(e));
            return code;
        }
        catch (Exception e)
        {
            Complain($"this is a bug in localopinions: {e.GetType().Name}: {e.Message}");
            // The trace helps whoever mends it, and nobody else: a file, not the terminal.
            var trace = Path.Combine(Directory.CreateTempSubdirectory("localopinions-").FullName, "error.log");
            await File.WriteAllTextAsync(trace, e.ToString());
            Screen.TryTell($"Details are in {trace}; please report them.");
            return ExitCodes.Bug;
        }
    }

    static bool IsQuiet(ParseResult parsed) => parsed.CommandResult.Command.Options.OfType<Option<bool>>()
        .Any(o => o.Name is "--quiet" or "--json" && parsed.GetValue(o));

    static int? ExitCodeOf(Exception e) => e switch
    {
        EngineException { Kind: EngineError.NativeLibrary or EngineError.Device } => ExitCodes.Machine,
        StoreException { Kind: StoreError.NativeLibrary } => ExitCodes.Machine,
        // What was named is not there, or cannot be: another argument mends it, and no other file.
        SurveyException { File: "" } or EngineException { Remedy: EngineRemedy.FewerTokens } => ExitCodes.Usage,
        InputException { Remedy: var remedy } when s_otherArgument.Contains(remedy) => ExitCodes.Usage,
        ServeException => ExitCodes.Machine,
        EndpointException { Kind: EndpointError.Argument } => ExitCodes.Usage,
        EndpointException => ExitCodes.Machine,
        PullException { Kind: PullError.Argument } => ExitCodes.Usage,
        PullException { Kind: PullError.Network or PullError.Space } => ExitCodes.Machine,
        EngineException or StoreException or SurveyException or ReportException or PullException or InputException or IOException
            or UnauthorizedAccessException => ExitCodes.File,
        _ => null,
    };

    static int Refuse(ParseResult parsed, IReadOnlyList<string> mistakes)
    {
        foreach (var mistake in mistakes)
            Complain(mistake);
        Screen.TryTell($"See: {Mistakes.PathOf(parsed.CommandResult)} --help");
        return ExitCodes.Usage;
    }

    static void Complain(string message) => Screen.TryTell($"localopinions: {Screen.Shorten(message)}");
}
