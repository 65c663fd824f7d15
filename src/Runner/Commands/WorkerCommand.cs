using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using LocalOpinions.Asking.Workers;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Runner.Commands;

/// <summary>The engine in a process of its own: other commands start it and speak with it over pipes.</summary>
static class WorkerCommand
{
    public static Command Create()
    {
        var command = new Command("worker", "An engine for other commands, which start it and speak with it over pipes.") { Hidden = true };
        command.SetAction(async _ =>
        {
            // Ctrl-C reaches every process of the terminal; the runner ends this one in order.
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => c.Cancel = true);
            // What else is written by whatever library must not get into the conversation.
            using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
            using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
            Console.SetOut(TextWriter.Null);
            EngineRuntime.Complaints = Console.Error;
            await new WorkerServer(input, output).ServeAsync();
            return ExitCodes.Done;
        });
        return command;
    }
}
