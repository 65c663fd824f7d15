using System.CommandLine;
using System.Text;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;
using LocalOpinions.Surveys.Wordings;

namespace LocalOpinions.Runner.Commands;

static class WordingsCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("file")
        {
            Description = "A file of wordings. Without it: the wordings in the program.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var json = Options.Json();
        var command = new Command("wordings", """
            Read a file of wordings and show the prompts that they make, plain and naming a country, with each one's hash.

            Examples:
              localopinions wordings new wordings.yaml
              localopinions wordings wordings.yaml
              localopinions run -m ./model.gguf -s global_opinions.csv --wordings wordings.yaml
              localopinions wordings schema > wordings.schema.json
            """) { file, json, New(), Schema() };
        command.SetAction(parsed =>
        {
            var wordings = parsed.GetValue(file) is { } path ? WordingFile.Load(path) : BuiltInWordings.All;
            List<ShownWording> shown = [.. wordings.Select(Shown)];
            Json.WriteOr(parsed.GetValue(json), shown, Print);
            return ExitCodes.Done;
        });
        return command;
    }

    static Command New()
    {
        var file = new OutputOption(new Argument<string>("file") { Description = "The YAML file to write." });
        var command = new Command("new", """
            Begin a file of wordings of your own: a commented example and the wordings in the program; it can be used as it is.

            Example:
              localopinions wordings new wordings.yaml
            """);
        file.AddTo(command);
        command.SetAction(parsed =>
        {
            var target = file.Read(parsed);
            target.Write(WordingStarter.Example());
            Console.Out.WriteLine(Screen.Clean($"{target.Path}: change it, then look at it with: localopinions wordings {target.Path}"));
            return ExitCodes.Done;
        });
        return command;
    }

    static Command Schema()
    {
        var command = new Command("schema", """
            Print the JSON Schema of files of wordings, by which editors check and complete.

            Example:
              localopinions wordings schema > wordings.schema.json
            """);
        command.SetAction(_ =>
        {
            Console.Out.Write(Encoding.UTF8.GetString(WordingStarter.Schema()));
            return ExitCodes.Done;
        });
        return command;
    }

    static ShownWording Shown(OwnWording wording)
    {
        var question = SampleSurvey.Load().Questions[0];
        var plain = Template.Create(wording, PromptEnding.Paren);
        var country = Countries.Named("Brazil");
        var named = !wording.CanName(country, out _) ? null : Template.Create(wording, PromptEnding.Paren, country);
        return new(wording.Name, wording.Version, plain.Sha256, plain.Build(question).Text, named?.Build(question).Text);
    }

    static void Print(List<ShownWording> wordings)
    {
        foreach (var wording in wordings)
        {
            Console.Out.WriteLine(Screen.Clean($"{wording.Name} {wording.Version} (SHA-256 {wording.Sha256[..12]}…)"));
            Console.Out.WriteLine(Screen.Clean(Indented(wording.Prompt)));
            Console.Out.WriteLine(Screen.Clean(wording.CrossNational is { } named ? $"  naming Brazil:\n{Indented(named)}"
                : "  It can name nobody, or needs a persona."));
            Console.Out.WriteLine();
        }
    }

    static string Indented(string text) => "  | " + text.ReplaceLineEndings("\n  | ");

    /// <summary>A wording and the prompts that it makes of the sample's first question, with the ending paren.</summary>
    sealed record ShownWording(string Name, int Version, string Sha256, string Prompt, string? CrossNational);
}
