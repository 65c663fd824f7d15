using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Translations;

/// <summary>Reads translation files and holds every text against the survey's.</summary>
static class TranslationReader
{
    public const string Format = "localopinions-translation/1";

    public static Translation Read(byte[] utf8, string path, Survey survey)
    {
        var file = YamlFile.Read(utf8, path).Fields("the translation", "format", "language", "provenance", "translator", "notice", "survey",
            "frame", "labels", "questions");
        var format = file.Required("format");
        if (format.Text("format") != Format)
            throw format.Wrong($"the format is \"{format.Node}\"", $"This version reads {Format}");
        var language = LanguageField.Read(file.Required("language"))!;
        var provenance = file.Required("provenance");
        var made = file.Word("provenance", "human", "machine") == "human" ? Provenance.Human : Provenance.Machine;
        var frame = file["frame"] is { } own ? Frames.Read(language, own) : Frames.For(language);
        if (frame is null)
            throw file.Required("language").Wrong(
                $"the program has no frame for {language}",
                $"Add a field frame with options, faithful and shareable: the prompt's own words in this language. It has frames for "
                    + $"{string.Join(", ", Frames.All.Select(f => f.Language))}");
        var labels = file["labels"] is { } letters ? OwnLabels.Read(letters, language) : null;
        var byId = survey.Questions.ToDictionary(q => q.Id);
        var check = new TextCheck(language);
        var questions = new Dictionary<string, TranslatedQuestion>();
        var list = file.Required("questions");
        foreach (var part in list.Items("questions"))
        {
            var fields = part.Fields("a question", "id", "source", "text", "options");
            var id = fields.Required("id");
            if (!byId.TryGetValue(id.Text("id"), out var question))
                throw id.Wrong($"the survey {survey.Name} has no question with the id {id.Node}",
                    "Take ids and texts from an export of the survey", step: SurveyStep.ExportTexts);
            if (!questions.TryAdd(question.Id, Read(fields, question, check)))
                throw id.Wrong($"the question {question.Id} is translated twice", "Keep one of the two");
        }
        if (questions.Count == 0)
            throw list.Wrong("no questions", "Add at least one question, for example from an export of the survey",
                step: SurveyStep.ExportTexts);
        return new(language, made, file.Text("translator"), SurveyFile.Sha256(utf8), frame, labels, questions);
    }

    static TranslatedQuestion Read(YamlFields fields, Question question, TextCheck check)
    {
        SameSource(fields.Required("source"), question.Text, $"the question {question.Id}");
        var text = fields.Required("text");
        check.Question(text.AnyText("text"), question.Text, text.Place);

        var list = fields.Required("options");
        var parts = list.Items("options").Select(o => o.Fields("an option", "source", "text")).ToList();
        SameOptions(list, parts, question);
        var options = new Dictionary<string, string>();
        foreach (var (index, part) in parts.Index())
        {
            var (source, translated) = (question.Options[index], part.Required("text"));
            check.Option(translated.Text("text"), source, translated.Place);
            if (options.FirstOrDefault(o => o.Value == translated.Text("text") && o.Key != source) is { Key: { } other })
                throw translated.Wrong($"\"{source}\" has the same translation as \"{other}\"", "Word each option differently");
            options[source] = translated.Text("text");
        }
        return new(text.AnyText("text"), options);
    }

    static void SameOptions(YamlPart list, List<YamlFields> parts, Question question)
    {
        string[] sources = [.. parts.Select(p => p.Required("source").AnyText("source").Trim())];
        string[] expected = [.. question.Options.Select(o => o.Trim())];
        if (expected.Except(sources).FirstOrDefault() is { } missing)
            throw list.Wrong($"the question {question.Id} lacks the option \"{missing}\"", "Translate every option, in the survey's order");
        for (var i = 0; i < sources.Length; i++)
        {
            if (i < expected.Length && sources[i] == expected[i])
                continue;
            var place = parts[i].Required("source");
            throw expected.Contains(sources[i])
                ? place.Wrong(
                    $"option {i + 1} of the question {question.Id} is "
                        + $"\"{sources[i]}\"{(i < expected.Length ? $", where the survey has \"{expected[i]}\"" : ", one too many")}",
                    "Put the options into the survey's order, each once")
                : place.Wrong($"the question {question.Id} has no option \"{sources[i]}\"",
                    "Take the options from an export of the survey", step: SurveyStep.ExportTexts);
        }
    }

    static void SameSource(YamlPart part, string expected, string what)
    {
        if (part.AnyText("source").Trim().ReplaceLineEndings("\n") != expected.Trim().ReplaceLineEndings("\n"))
            throw part.Wrong($"the source of {what} is not the survey's text, which begins \"{Start(expected)}\"",
                "Translate the survey's text as it is now, and copy it into source");
    }

    static string Start(string text) => text.Trim() is { Length: > 60 } longer ? longer[..60] + "…" : text.Trim();
}
