using System.Text;
using LocalOpinions.Surveys.Translations;

namespace LocalOpinions.Surveys.Tests;

/// <summary>A machine's drafts: what is asked for, what of it is taken, and how it stays told from a person's work.</summary>
public class TranslationDraftTests
{
    static readonly Survey s_survey = Files.LoadAs(".yaml", """
        format: localopinions-survey/1
        questions:
          - {id: tea, text: "Do 3 of 10 people ____ tea, {name}?", options: ["Yes", "No", "10"]}
          - {id: cake, text: "Cake?", options: ["Yes", "No", "Hardly"]}
        """);

    static readonly DraftText s_tea = new("Do 3 of 10 people ____ tea, {name}?", false, "en", "ru"), s_yes = new("Yes", true, "en", "ru"),
        s_no = new("No", true, "en", "ru");

    [Fact]
    public void Each_text_is_asked_for_once_and_what_holds_no_letter_not_at_all()
    {
        Assert.Equal(["Do 3 of 10 people ____ tea, {name}?", "Yes", "No", "Cake?", "Hardly"],
            new TranslationDrafts(s_survey, "ru").Wanted.Select(t => t.Source));
        var first = new TranslationDrafts(s_survey, "ru", limit: 1);
        Assert.Equal(3, first.Wanted.Count);
        Assert.All(first.Rows().Where(r => r.Question.Id == "cake"), r => Assert.Equal((null, null), (r.Draft, r.Problem)));
        Assert.Equal(("option 3", "10", null), first.Rows().Where(r => r.Source == "10").Select(r => (r.Part, r.Draft, r.Problem))
            .Single());
        Assert.Equal("not drafted", first.Rows().First().Problem);
    }

    [Fact]
    public void The_request_names_the_languages_and_ends_with_the_text()
    {
        Assert.StartsWith("Translate this survey question from English into Russian.", s_tea.Message);
        Assert.EndsWith("\n\nDo 3 of 10 people ____ tea, {name}?", s_tea.Message);
        Assert.StartsWith("Translate this answer option of a survey from English into Brazilian Portuguese.",
            (s_yes with { Into = "pt-BR" }).Message);
        Assert.Equal(("English: Yes\nRussian:", "\nEnglish:"), (s_yes.Continuation, s_yes.NextText));
        Assert.All(Frames.All, f => Assert.DoesNotContain("tag", LanguageNames.Of(f.Language)));
        Assert.Contains("the language with the tag mi", (s_yes with { Into = "mi" }).Message);
    }

    [Theory]
    [InlineData(" Правда ли, {name}, что 3 из 10 людей ____ чай?\n", null)]
    [InlineData("«Правда ли, {name}, что 3 из 10 людей ____ чай?»", null)]
    [InlineData("Правда ли, {name}, что 3 из 11 людей ____ чай?", "the numbers differ")]
    [InlineData("Правда ли, {name}, что 3 из 10 людей пьют чай?", "the gaps differ")]
    [InlineData("Правда ли, {имя}, что 3 из 10 людей ____ чай?", "the placeholders differ")]
    [InlineData("Правда ли, {name}, что 3 из 10 людей ____ чaй?", "two alphabets in a word")]
    [InlineData("Is it true, {name}, that 3 of 10 ____ tea?", "not in the script Cyrillic")]
    [InlineData("do 3 of 10 people ____ tea, {name}?", "not translated")]
    [InlineData("Правда ли, {name},\nчто 3 из 10 людей ____ чай?", "several lines")]
    [InlineData("Правда\uFFFD ли, {name}, что 3 из 10 людей ____ чай?", "broken characters")]
    [InlineData(" \n", "empty")]
    public void A_draft_that_fails_a_check_is_left_out_with_its_reason(string written, string? problem)
    {
        var drafts = new TranslationDrafts(s_survey, "ru");
        drafts.Add(s_tea, written);
        var row = drafts.Rows().First();
        Assert.Equal(problem, row.Problem);
        Assert.Equal(problem is null ? "Правда ли, {name}, что 3 из 10 людей ____ чай?" : null, row.Draft);
    }

    [Fact]
    public void Of_two_options_that_come_out_alike_the_second_is_left_out_where_they_meet()
    {
        var drafts = Filled();
        drafts.Add(new("Hardly", true, "en", "ru"), "Нет");
        Assert.Equal(["Да", "Нет", "the same as another option"],
            drafts.Rows().Where(r => r.Question.Id == "cake" && r.Part != "question").Select(r => r.Draft ?? r.Problem));
        drafts.Add(s_no, "(Б) Нет");
        Assert.Equal("begins with a label", drafts.Rows().First(r => r.Source == "No").Problem);
    }

    [Fact]
    public void Drafts_are_taken_as_a_machines_and_refused_as_a_persons_until_each_is_checked()
    {
        var sheet = Encoding.UTF8.GetString(TranslatorSheet.Export(Filled()));
        Assert.StartsWith("\uFEFFid,part,source,translation,draft\n", sheet);
        Assert.Contains("tea,option 3,10,10,\n", sheet);
        Assert.Equal(2, Import(sheet, Provenance.Machine).Count);
        Assert.Equal("7 texts|row 0 (line 2)", Refused(sheet));

        // A correction, or an emptied cell where the draft is right, is a person's word; blanks are none.
        sheet = sheet.Replace("Yes,Да,Да", "Yes,Да,").Replace("No,Нет,Нет", "No,Нет,");
        Assert.Equal("3 texts|row 0 (line 2)", Refused(sheet));
        sheet = sheet.Replace("чай?\",\"", "чай или нет?\",\"").Replace("Hardly,Едва ли,", "Hardly,Вряд ли,");
        Assert.Equal("1 text|row 4 (line 6)", Refused(sheet));
        Assert.Equal("1 text|row 4 (line 6)", Refused(sheet.Replace("Cake?,Торт?,", "Cake?,Торт? ,")));
        Assert.Equal(2, Import(sheet.Replace("Cake?,Торт?,Торт?", "Cake?,А торт?,Торт?"), Provenance.Human).Count);
    }

    [Fact]
    public void A_machines_translation_goes_into_a_sheet_as_drafts_and_a_persons_does_not()
    {
        var machine = Files.With(TranslationWriter.Write(
            s_survey, "ru", Provenance.Machine, "M", Import(Encoding.UTF8.GetString(TranslatorSheet.Export(Filled())), Provenance.Machine)),
            ".yaml", p => Translation.Load(p, s_survey));
        var sheet = Encoding.UTF8.GetString(TranslatorSheet.Export(s_survey, machine));
        Assert.Equal("7 texts|row 0 (line 2)", Refused(sheet));
        var human = Files.With(TranslationWriter.Write(s_survey, "ru", Provenance.Human, "H", Import(sheet, Provenance.Machine)), ".yaml",
            p => Translation.Load(p, s_survey));
        Assert.DoesNotContain("draft", Encoding.UTF8.GetString(TranslatorSheet.Export(s_survey, human)));
    }

    static TranslationDrafts Filled()
    {
        var drafts = new TranslationDrafts(s_survey, "ru");
        foreach (var (text, draft) in drafts.Wanted.Zip(
            ["Правда ли, {name}, что 3 из 10 людей ____ чай?", "Да", "Нет", "Торт?", "Едва ли"]))
            drafts.Add(text, draft);
        return drafts;
    }

    static IReadOnlyList<TranslationEntry> Import(string sheet, Provenance provenance) =>
        Files.With(Encoding.UTF8.GetBytes(sheet), ".csv", p => TranslatorSheet.Import(p, s_survey, "ru", provenance));

    static string Refused(string sheet)
    {
        var e = Assert.Throws<SurveyException>(() => Import(sheet, Provenance.Human));
        Assert.Equal(SurveyStep.ImportAsMachine, e.Step);
        Assert.Equal("translation", e.Column);
        Assert.Contains(" still the machine's draft", e.Message);
        return $"{e.Message.Split(": ")[1].Split(" is ")[0].Split(" are ")[0]}|row {e.Row} (line {e.Line})";
    }
}
