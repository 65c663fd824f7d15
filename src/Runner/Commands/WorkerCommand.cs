using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using LocalOpinions.Runner.Workers;

namespace LocalOpinions.Runner.Commands;

/// <summary>The engine in a process of its own: run starts it and speaks with it over pipes.</summary>
static class WorkerCommand
{
    public static Command Create()
    {
        var options = new RunOptions();
        var command = new Command("worker", "An engine for run, which starts it and speaks with it over pipes.") { Hidden = true };
        options.AddTo(command);
        command.SetAction(async parsed =>
        {
            // Ctrl-C reaches every process of the terminal; the runner ends this one in order.
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => c.Cancel = true);
            // What else is written by whatever library must not get into the conversation.
            using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
            using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
            Console.SetOut(TextWriter.Null);
            await new WorkerServer(input, output, options.Read(parsed)).ServeAsync();
            return ExitCodes.Done;
        });
        return command;
    }
}
