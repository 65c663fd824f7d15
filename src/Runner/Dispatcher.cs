using System.CommandLine;
using LocalOpinions.Analysis;
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
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        // No @file arguments: a file name that begins with @ is a file name.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                Complain(error.Message);
            var command = parsed.CommandResult.Command;
            Tell($"See: localopinions {(command == root ? "" : command.Name + " ")}--help");
            return ExitCodes.Usage;
        }

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
            Complain("interrupted before anything was answered; run the same command again.");
            return ExitCodes.Interrupted;
        }
        catch (UsageException e)
        {
            Complain(e.Message);
            Tell($"See: localopinions {parsed.CommandResult.Command.Name} --help");
            return ExitCodes.Usage;
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
            Tell($"Details are in {trace}; please report them.");
            return ExitCodes.Bug;
        }
    }

    static int? ExitCodeOf(Exception e) => e switch
    {
        EngineException { Kind: EngineError.NativeLibrary or EngineError.Device } => ExitCodes.Machine,
        StoreException { Kind: StoreError.NativeLibrary } => ExitCodes.Machine,
        ServeException => ExitCodes.Machine,
        PullException { Kind: PullError.Argument } => ExitCodes.Usage,
        PullException { Kind: PullError.Network or PullError.Space } => ExitCodes.Machine,
        EngineException or StoreException or SurveyException or ReportException or PullException or InputException or IOException
            or UnauthorizedAccessException => ExitCodes.File,
        _ => null,
    };

    static void Complain(string message) => Tell($"localopinions: {Screen.Clean(message)}");

    static void Tell(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (IOException)
        {
            // Standard error cannot be written: there is nobody to tell, and the exit code says it still.
        }
    }
}
