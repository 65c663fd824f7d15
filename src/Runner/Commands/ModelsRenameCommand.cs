using System.CommandLine;
using LocalOpinions.Analysis;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Commands;

static class ModelsRenameCommand
{
    public static Command Create()
    {
        var file = Options.ResultsArgument();
        var model = new Argument<string>("model")
        {
            Description = "Its name as results show it, or the first 8 or more digits of its SHA-256.",
        };
        var name = new Argument<string>("name") { Description = "The new name." };
        var command = new Command("rename", """
            Give a model of a results file another name. It stays the same model: a model is known by the SHA-256 of its file, and where two
            share a name, results show the first digits of it.

            Example:
              localopinions models rename results.duckdb "model (1f3a90bc)" "Base, 4 bits"
            """) { file, model, name };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetRequiredValue(name);
            using var results = ExistingFile.Open(parsed.GetRequiredValue(file));
            var before = ModelNames.Rename(results, parsed.GetRequiredValue(model), wanted);
            Console.Out.WriteLine(Screen.Clean($"{before} is now called {wanted}."));
            return ExitCodes.Done;
        });
        return command;
    }
}
