using System.Text;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;
using LocalOpinions.Surveys.Translations;

namespace LocalOpinions.Surveys.Tests;

public class TranslationTests
{
    const string Survey = """
        format: localopinions-survey/1
        questions:
          - {id: tea, text: "Do 3 of 10 people ____ tea, {name}?", options: ["Yes, 1,000 do", "No", "NATO"]}
          - {id: cake, text: "Cake?", options: ["Yes", "No"]}
        """;

    const string Good = """
        format: localopinions-translation/1
        language: ru
        provenance: human
        translator: A. Name
        questions:
          - id: tea
            source: "Do 3 of 10 people ____ tea, {name}?"
            text: "Правда ли, {name}, что 3 из 10 людей ____ чай?"
            options:
              - {source: "Yes, 1,000 do", text: "Да, 1 000 человек"}
              - {source: "No", text: "Нет"}
              - {source: "NATO", text: "NATO"}
        """;

    static readonly Survey s_survey = Files.LoadAs(".yaml", Survey);

    [Fact]
    public void Text_and_options_are_put_in_place_and_labels_stay_Latin()
    {
        var translation = Load(Good);
        Assert.Equal(("ru", Provenance.Human, "A. Name", 1),
            (translation.Language, translation.Provenance, translation.Translator, translation.Count));
        var template = Template.Create(TemplateFamily.Faithful, PromptEnding.Paren, translation);
        Assert.Equal("linguistic", template.Condition);
        var prompt = template.Build(s_survey.Questions[0], [2, 0, 1]);
        Assert.Equal(
            "Human: Правда ли, {name}, что 3 из 10 людей ____ чай?\n\nВарианты ответа:\n(A) NATO\n(B) Да, 1 000 человек\n(C) Нет\n\n"
            + "Assistant: Если бы мне нужно было выбрать один из вариантов, мой ответ был бы (",
            prompt.Text);
        Assert.Equal(["A", "B", "C"], prompt.Labels);
        Assert.All(prompt.Labels, l => Assert.True(l[0] < 128));
        Assert.False(template.CanAsk(s_survey.Questions[1], out var reason));
        Assert.Equal("no translation into ru", reason);
    }

    [Theory]
    [InlineData(6, 9, "  - id: tea", "  - id: tee", "has no question with the id tee", "an export of the survey")]
    [InlineData(7, 13, "of 10 people", "of 9 people", "is not the survey's text", "as it is now")]
    [InlineData(10, 7, "      - {source: \"No\", text: \"Нет\"}\n", "", "lacks the option \"No\"", "every option")]
    [InlineData(11, 18, "\"No\", text: \"Нет\"}\n      - {source: \"NATO\", text: \"NATO\"}",
        "\"NATO\", text: \"NATO\"}\n      - {source: \"No\", text: \"Нет\"}",
        "option 2 of the question tea is \"NATO\", where the survey has \"No\"", "the survey's order")]
    [InlineData(12, 18, "{source: \"NATO\"", "{source: \"NATO\", text: НАТО}\n      - {source: \"Maybe\"", "", "")]
    [InlineData(11, 30, "\"Нет\"", "\"\"", "text is empty", "")]
    [InlineData(12, 32, "text: \"NATO\"", "text: \"Нет\"", "\"NATO\" has the same translation as \"No\"", "differently")]
    [InlineData(8, 11, "3 из 10", "3 из 12", "the numbers differ: the source has 10, 3, the translation 12, 3", "in digits")]
    [InlineData(8, 11, "людей ____", "людей __ __", "the gaps differ", "gap")]
    [InlineData(8, 11, "ли, {name}", "ли, {имя}", "the placeholders differ", "braces")]
    [InlineData(8, 11, "чай", "чaй", "the word \"чaй\" mixes letters of two alphabets: a (U+0061) is Latin", "look alike")]
    [InlineData(8, 11, "Правда ли, {name}, что 3 из 10 людей ____ чай?", "Do 3 of 10 persons ____ tea, {name}?",
        "are not Cyrillic, the script of ru", "Check the language")]
    [InlineData(8, 11, "Правда ли, {name}, что 3 из 10 людей ____ чай?", "Do 3 of 10 people ____ tea, {name}?", "not translated",
        "leave the question out")]
    [InlineData(11, 30, "\"Нет\"", "\"(А) Нет\"", "begins with a label", "writes its own")]
    [InlineData(11, 30, "\"Нет\"", "\"B. Нет\"", "begins with a label", "writes its own")]
    [InlineData(11, 30, "\"Нет\"", "\"(AB) Нет\"", "begins with a label", "writes its own")]
    [InlineData(10, 41, "Да, 1 000 человек", "Да, 100 человек", "the numbers differ: the source has 1000, the translation 100",
        "in digits")]
    [InlineData(2, 11, "language: ru", "language: Russian", "no language tag", "BCP 47")]
    [InlineData(2, 11, "language: ru", "language: xx", "no frame for xx", "field frame")]
    [InlineData(3, 13, "provenance: human", "provenance: me", "provenance is \"me\"", "human or machine")]
    [InlineData(1, 1, "translator: A. Name\n", "", "lacks the field \"translator\"", "translator")]
    public void What_does_not_fit_is_told_with_line_and_remedy(
        int line, int column, string old, string replacement, string problem, string remedy)
    {
        var e = Assert.Throws<SurveyException>(() => Load(Good.Replace(old, replacement)));
        Assert.Contains(problem, e.Message);
        Assert.Contains(remedy, e.Message);
        if (problem.Length > 0)
            Assert.Equal((line, column.ToString()), (e.Line, e.Column));
    }

    [Fact]
    public void A_question_translated_twice_is_refused()
    {
        var again = Good[Good.IndexOf("  - id", StringComparison.Ordinal)..];
        Assert.Contains("translated twice", Assert.Throws<SurveyException>(() => Load(Good + "\n" + again)).Message);
        Assert.Contains("no questions", Assert.Throws<SurveyException>(() => Load(Good.Replace(again, "    []"))).Message);
    }

    [Fact]
    public void A_frame_of_ones_own_takes_the_place_of_the_programs()
    {
        var own = Good.Replace(
            "questions:\n",
            "frame: {options: \"Выбор:\", faithful: \"Мой ответ\", shareable: \"Мой выбор\", provenance: human}\nquestions:\n");
        var prompt = Template.Create(TemplateFamily.Shareable, PromptEnding.Space, Load(own)).Build(s_survey.Questions[0]).Text;
        Assert.Contains("\n\nВыбор:\n(A) ", prompt);
        Assert.EndsWith("Assistant: Мой выбор", prompt);
        Assert.EndsWith("Мой ответ", Corrected(own));
        Assert.EndsWith("Иначе", Corrected(own.Replace("faithful:", "corrected: \"Иначе\", faithful:")));
        Assert.Contains("brace", Assert.Throws<SurveyException>(() => Load(own.Replace("Мой ответ", "{country}"))).Message);
    }

    static string Corrected(string text) =>
        Template.Create(TemplateFamily.Corrected, PromptEnding.Space, Load(text)).Build(s_survey.Questions[0]).Text;

    [Fact]
    public void Labels_of_ones_own_are_letters_of_the_languages_script()
    {
        var own = Good.Replace("questions:\n", "labels: [А, Б, В]\nquestions:\n");
        var template = Template.Create(TemplateFamily.Faithful, PromptEnding.Paren, Load(own));
        var prompt = template.Build(s_survey.Questions[0], [2, 0, 1]);
        Assert.Contains("\n(А) NATO\n(Б) Да, 1 000 человек\n(В) Нет\n", prompt.Text);
        Assert.Equal(["\u0410", "\u0411", "\u0412"], prompt.Labels);
        Assert.False(Template.Create(TemplateFamily.Faithful, PromptEnding.Paren, Load(own.Replace(", В]", "]")))
            .CanAsk(s_survey.Questions[0], out var reason));
        Assert.Equal("3 options: there are labels for 2", reason);
        // The letter that looks like it, in the other alphabet.
        Assert.Contains("the label A (U+0041) is Latin, not Cyrillic", Refused("[А, Б, В]", "[A, Б, В]"));
        Assert.Contains("the label В stands there twice", Refused("[А, Б, В]", "[В, Б, В]"));
        Assert.Contains("the label б stands there twice", Refused("[А, Б, В]", "[А, Б, б]"));
        Assert.Contains("\"(А)\" is not one letter", Refused("[А, Б, В]", "[(А), Б, В]"));
        Assert.Contains("\"1\" is not one letter", Refused("[А, Б, В]", "[1, Б, В]"));
        Assert.Contains("1 label", Refused("[А, Б, В]", "[А]"));

        string Refused(string old, string replacement) => Assert.Throws<SurveyException>(() => Load(own.Replace(old, replacement))).Message;
    }

    [Fact]
    public void Every_frame_is_in_its_script_and_unlike_the_others()
    {
        Assert.True(Frames.All.Count >= 20);
        Assert.All(["ru", "zh", "tr", "es", "fr", "de", "pt", "ar", "hi"], l => Assert.NotNull(Frames.For(l)));
        foreach (var frame in Frames.All)
        {
            Assert.True(LanguageTag.IsOne(frame.Language));
            Assert.Equal(frame.Language == "en" ? Provenance.Human : Provenance.Machine, frame.Provenance);
            foreach (var text in new[] { frame.Options, frame.Faithful, frame.Shareable, frame.Corrected })
            {
                Assert.True(Scripts.Share(text, Scripts.Of(frame.Language)!.Value) > 0.95, $"{frame.Language}: {text}");
                Assert.Null(Scripts.MixedWord(text));
                // The ending is a blank and a parenthesis, or nothing.
                Assert.Equal(text.Trim(), text);
            }
        }
        Assert.Equal(Frames.All.Count, Frames.All.Select(f => f.Faithful).Distinct().Count());
        Assert.Equal(("pt-BR", "pt", "zh-Hant"), (Frames.For("pt-BR")!.Language, Frames.For("pt-AO")!.Language,
            Frames.For("zh-Hant")!.Language));
    }

    [Fact]
    public void The_sample_comes_in_three_languages_that_say_who_made_them()
    {
        var sample = SampleSurvey.Load();
        Assert.Equal(["ru", "tr", "zh"], SampleSurvey.Languages);
        foreach (var language in SampleSurvey.Languages)
        {
            var translation = SampleSurvey.Translated(language, sample);
            Assert.Equal((24, Provenance.Machine), (translation.Count, translation.Provenance));
            Assert.Contains("unchecked", translation.Translator);
            Assert.All(sample.Questions, q => Assert.Equal(q.Options.Count, translation.Of(q).Options.Count));
        }
        Assert.Contains("ru, tr, zh", Assert.Throws<SurveyException>(() => SampleSurvey.Translated("fr", sample)).Message);
    }

    [Fact]
    public void A_policy_that_drops_options_leaves_the_others_in_their_language()
    {
        var sample = SampleSurvey.Load();
        var translation = SampleSurvey.Translated("ru", sample);
        var question = new SurveyPolicy(RefusalPolicy.Drop).Apply(sample).Questions.Single(q => q.SourceRow == 1210);
        Assert.Equal(["Большему числу, чем сейчас", "Меньшему числу, чем сейчас", "Такому же числу, как сейчас", "Вообще никому"],
            translation.Of(question).Options);
    }

    [Fact]
    public void A_sheet_goes_to_a_translator_and_back()
    {
        var sample = SampleSurvey.Load();
        var original = SampleSurvey.Translated("tr", sample);
        var sheet = TranslatorSheet.Export(sample, original);
        var entries = Files.With(sheet, ".csv", p => TranslatorSheet.Import(p, sample, "tr", Provenance.Machine));
        var file = TranslationWriter.Write(sample, "tr", Provenance.Human, "B: \"Name\"", entries);
        var again = Files.With(file, ".yaml", p => Translation.Load(p, sample));
        Assert.Equal(("tr", Provenance.Human, "B: \"Name\"", 24), (again.Language, again.Provenance, again.Translator, again.Count));
        Assert.All(sample.Questions, q => Assert.Equal(
            (original.Of(q).Text, string.Join('|', original.Of(q).Options)), (again.Of(q).Text, string.Join('|', again.Of(q).Options))));
        Assert.Empty(Files.With(TranslatorSheet.Export(sample), ".csv", p => TranslatorSheet.Import(p, sample, "tr", Provenance.Human)));
    }

    [Fact]
    public void A_sheet_quotes_what_a_spreadsheet_would_take_apart_or_trim()
    {
        var survey = Files.LoadAs(".yaml", """
            format: localopinions-survey/1
            questions:
              - {id: a, text: 'Say "yes", or no', options: [" before", "after\u00a0", "two\nlines", "=1;2"]}
            """);
        Assert.Equal(
            "\uFEFFid,part,source,translation\na,question,\"Say \"\"yes\"\", or no\",\na,option 1,\" before\",\n"
            + "a,option 2,\"after\u00a0\",\na,option 3,\"two\nlines\",\na,option 4,=1;2,\n",
            Encoding.UTF8.GetString(TranslatorSheet.Export(survey)));
    }

    [Theory]
    [InlineData("tea,option 2,No,Нет", "tea,option 2,No,", "row 2 (line 4), column translation",
        "option 2 of the question tea is not translated")]
    [InlineData("tea,option 2,No,Нет", "tea,option 2,Nope,Нет", "row 2 (line 4), column source", "not the survey's text of option 2")]
    [InlineData("tea,option 2,No,Нет\n", "", "row 0 (line 2)", "lacks the row \"option 2\"")]
    [InlineData("tea,option 2,No,Нет", "tea,option 1,No,Нет", "row 2 (line 4), column part", "\"option 1\" is here twice")]
    [InlineData("cake,question", "pie,question", "column id", "no question with the id pie")]
    [InlineData("из 10", "из 11", "row 0 (line 2), column translation", "the numbers differ")]
    public void A_sheet_that_was_changed_is_refused_with_its_row(string old, string replacement, string place, string problem)
    {
        const string Sheet = """
            id,part,source,translation
            tea,question,"Do 3 of 10 people ____ tea, {name}?","Правда ли, {name}, что 3 из 10 людей ____ чай?"
            tea,option 1,"Yes, 1,000 do","Да, 1000 человек"
            tea,option 2,No,Нет
            tea,option 3,NATO,НАТО
            cake,question,Cake?,
            cake,option 1,Yes,
            cake,option 2,No,
            """;
        Assert.Single(Import(Sheet));
        var e = Assert.Throws<SurveyException>(() => Import(Sheet.Replace(old, replacement)));
        Assert.Contains(place, e.Message);
        Assert.Contains(problem, e.Message);

        static IReadOnlyList<TranslationEntry> Import(string sheet) =>
            Files.With(Encoding.UTF8.GetBytes(sheet), ".csv", p => TranslatorSheet.Import(p, s_survey, "ru", Provenance.Human));
    }

    static Translation Load(string content) => Files.With(Encoding.UTF8.GetBytes(content), ".yaml", p => Translation.Load(p, s_survey));
}
