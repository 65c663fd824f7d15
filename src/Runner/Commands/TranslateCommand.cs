using System.CommandLine;
using LocalOpinions.Analysis;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Translations;

namespace LocalOpinions.Runner.Commands;

static class TranslateCommand
{
    public static Command Create() => new("translate", """
        Put a survey into another language: a sheet for a translator and back, with every text checked.

        Examples:
          localopinions translate export my-survey.yaml -o sheet.csv
          localopinions translate draft my-survey.yaml -m ./model.gguf --language tr -o sheet.csv
          localopinions translate import sheet.csv my-survey.yaml --language tr --provenance human \
            --translator "A. Name" -o my-survey.tr.yaml
          localopinions translate check my-survey.tr.yaml my-survey.yaml
          localopinions run -m ./model.gguf -s my-survey.yaml --translations my-survey.tr.yaml
        """) { Export(), TranslateDraftCommand.Create(), Import(), Check() };

    static Argument<string> Survey() => new("survey") { Description = SurveyArgument.Description };

    static Command Export()
    {
        var survey = Survey();
        var known = new Option<string>("--translations")
        {
            Description = "A translation whose texts stand in the sheet already.",
            HelpName = "FILE",
        };
        var output = new OutputOption(new Option<string?>("--out", "-o") { Description = "The CSV file to write.", Required = true });
        var command = new Command("export", """
            Write a survey's texts as a sheet (CSV) with an empty column for their translations.

            Example:
              localopinions translate export my-survey.yaml -o sheet.csv
            """) { survey, known };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var target = output.Read(parsed);
            var loaded = SurveySource.Load(parsed.GetRequiredValue(survey));
            var translation = parsed.GetValue(known) is { } file ? Translation.Load(file, loaded) : null;
            target.Write(TranslatorSheet.Export(loaded, translation));
            Console.Out.WriteLine(Screen.Clean($"{target.Path}: {loaded.Questions.Sum(q => 1 + q.Options.Count):N0} texts of "
                + $"{loaded.Questions.Count:N0} questions, {translation?.Count ?? 0:N0} of them translated. Fill in the column "
                + $"translation and leave the others as they are."));
            return ExitCodes.Done;
        });
        return command;
    }

    static Command Import()
    {
        var sheet = new Argument<string>("sheet") { Description = "The sheet that a translator filled in (CSV)." };
        var survey = Survey();
        var language = Options.Language("The language, a tag of BCP 47 such as tr or pt-BR.");
        language.Required = true;
        var provenance = Options.Word("--provenance",
            "human where a person translated or checked every text, machine for anything else.", "human", "machine");
        provenance.Required = true;
        var translator = new Option<string>("--translator")
        {
            Description = "Who translated: a name, or which machine and how.",
            Required = true,
        };
        var output = new OutputOption(
            new Option<string?>("--out", "-o") { Description = "The translation file (YAML) to write.", Required = true });
        var command = new Command("import", """
            Turn a sheet that a translator filled in into a translation file, with every text checked.

            Example:
              localopinions translate import sheet.csv my-survey.yaml --language tr --provenance human \
                --translator "A. Name" -o my-survey.tr.yaml
            """) { sheet, survey, language, provenance, translator };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var target = output.Read(parsed);
            var loaded = SurveySource.Load(parsed.GetRequiredValue(survey));
            var made = parsed.GetValue(provenance) == "human" ? Provenance.Human : Provenance.Machine;
            var tag = parsed.GetRequiredValue(language)!;
            var entries = TranslatorSheet.Import(parsed.GetRequiredValue(sheet), loaded, tag, made);
            if (entries.Count == 0)
                throw new InputException($"{parsed.GetRequiredValue(sheet)}: no question is translated. Fill in the column translation.");
            var content = TranslationWriter.Write(loaded, tag, made, parsed.GetRequiredValue(translator), entries);
            // Without a frame nobody can read it yet: whoever writes one writes it into the file.
            var translation = Translation.HasFrame(tag) ? Translation.Read(content, target.Path, loaded) : null;
            target.Write(content);
            if (translation is not null)
                Tell(target.Path, translation, loaded);
            else
                Console.Out.WriteLine(Screen.Clean($"{target.Path}: {entries.Count:N0} of {loaded.Questions.Count:N0} questions. "
                    + $"The program has no frame for {tag}: before you ask with it, add a field frame with options, faithful and "
                    + $"shareable, the prompt's own words in this language, and look at it with: localopinions translate check"));
            return ExitCodes.Done;
        });
        return command;
    }

    static Command Check()
    {
        var file = new Argument<string>("file") { Description = "A translation file (YAML or JSON)." };
        var survey = Survey();
        var command = new Command("check", """
            Hold a translation against its survey: ids, options and their order, numbers, gaps, labels, script.

            Example:
              localopinions translate check my-survey.tr.yaml my-survey.yaml
            """) { file, survey };
        command.SetAction(parsed =>
        {
            var loaded = SurveySource.Load(parsed.GetRequiredValue(survey));
            Tell(parsed.GetRequiredValue(file), Translation.Load(parsed.GetRequiredValue(file), loaded), loaded);
            return ExitCodes.Done;
        });
        return command;
    }

    static void Tell(string path, Translation translation, Survey survey)
    {
        Console.Out.WriteLine(Screen.Clean($"{path}: {translation.Count:N0} of {survey.Questions.Count:N0} questions in "
            + $"{translation.Language}, {(translation.Provenance == Provenance.Human ? "by" : "by a machine:")} {translation.Translator}"));
        if (translation.Frame.Provenance == Provenance.Machine)
            Console.Out.WriteLine(
                $"The prompt's own words in {translation.Language} come from a machine; a field frame in the file replaces them.");
    }
}
