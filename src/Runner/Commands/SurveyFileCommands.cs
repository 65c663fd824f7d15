using System.CommandLine;
using System.Text;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Runner.Commands;

/// <summary>What 'surveys' does with files: begin one, turn one into the program's own format, print the format's schema.</summary>
static class SurveyFileCommands
{
    public static Command New()
    {
        var file = new OutputOption(new Argument<string>("file") { Description = "The YAML file to write." });
        var command = new Command("new", """
            Begin a survey of your own: a small commented example that runs as it is.

            Example:
              localopinions surveys new my-survey.yaml
            """);
        file.AddTo(command);
        command.SetAction(parsed =>
        {
            var target = file.Read(parsed);
            target.Write(SurveyStarter.Example());
            Console.Out.WriteLine(Screen.Clean($"{target.Path}: change it, then look at it with: localopinions surveys {target.Path}"));
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command Convert()
    {
        var survey = new Argument<string>("survey") { Description = SurveyArgument.Description };
        var output = new OutputOption(
            new Option<string?>("--out", "-o") { Description = "The YAML file to write.", Required = true });
        var command = new Command("convert", """
            Write a survey of any format in the program's own one: the same questions, options and figures.

            Examples:
              localopinions surveys convert human_resp/American_Trends_Panel_W27 -o wave-27.yaml
              localopinions surveys convert answers.csv -o my-survey.yaml
              localopinions surveys convert my-survey.yaml --part train --split question:0.2:1 -o train.yaml
            """) { survey };
        output.AddTo(command);
        var part = new PartOptions();
        part.AddTo(command);
        command.SetAction(parsed =>
        {
            var target = output.Read(parsed);
            var whole = SurveySource.Load(parsed.GetRequiredValue(survey));
            var loaded = part.Read(parsed) is { } wanted ? wanted.Of(whole) : whole;
            using var text = new StringWriter { NewLine = "\n" };
            SurveyWriter.Write(loaded, text);
            target.Write(Encoding.UTF8.GetBytes(text.ToString()));
            var pairs = loaded.Questions.Sum(q => q.Humans.Count);
            Console.Out.WriteLine(Screen.Clean($"{target.Path}: {loaded.Questions.Count:N0} questions, {pairs:N0} "
                + $"distributions{(loaded.Pairs > pairs ? $"; {loaded.Pairs - pairs:N0} without data are left out" : "")}"));
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command Schema()
    {
        var translation = new Option<bool>("--translation") { Description = "The schema of translations instead." };
        var command = new Command("schema", """
            Print the JSON Schema of the program's own survey format, by which editors check and complete.

            Example:
              localopinions surveys schema > survey.schema.json
            """) { translation };
        command.SetAction(parsed =>
        {
            var schema = parsed.GetValue(translation) ? SurveyStarter.TranslationSchema() : SurveyStarter.Schema();
            Console.Out.Write(Encoding.UTF8.GetString(schema));
            return ExitCodes.Done;
        });
        return command;
    }
}
