using LocalOpinions.Analysis;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Engine;
using LocalOpinions.Hub;
using LocalOpinions.Report;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Serve;
using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner.Tests;

public class RemedyTextTests
{
    [Fact]
    public void Every_remedy_of_a_library_is_told_in_words_of_the_command_line()
    {
        Assert.All(Enum.GetValues<Remedy>(), r => Told(RemedyText.Of(r, "FILE"), r == Remedy.None));
        Assert.All(Enum.GetValues<SurveyStep>(), s => Told(RemedyText.Of(s), s == SurveyStep.None));
        Assert.All(Enum.GetValues<EngineRemedy>(), r => Told(RemedyText.Of(r), r == EngineRemedy.None));
        Assert.All(Enum.GetValues<PullRemedy>(), r => Told(RemedyText.Of(r), r == PullRemedy.None));
        Assert.All(Enum.GetValues<OtherAsking>(), a => Told(RemedyText.Of(a), false));
        Assert.All(Enum.GetValues<ReportRemedy>(), r => Told(RemedyText.Told(new ReportException("", r)), false));
    }

    [Fact]
    public void An_error_is_told_with_its_remedy_behind_it()
    {
        Assert.Equal("No results file r. Make one with: localopinions run --out r ...",
            RemedyText.Told(new InputException("No results file r.", Remedy.MakeRun, "r")));
        Assert.Equal("No. (--layout plain)",
            RemedyText.Told(new EngineException(EngineError.ModelUnusable, "No.") { Remedy = EngineRemedy.PlainLayout }));
        Assert.Equal("Old. Run once: localopinions score r",
            RemedyText.Told(new StoreException(StoreError.SchemaVersion, "Old.") { OutdatedFile = "r" }));
        Assert.Equal("Taken. (--port)", RemedyText.Told(new ServeException("Taken.")));
        Assert.Equal("No.", RemedyText.Told(new InputException("No.")));
        Assert.Equal("No.", RemedyText.Told(new IOException("No.")));
    }

    [Fact]
    public void Why_a_question_was_not_asked_is_told_with_how_to_ask_it() => Assert.Equal(
        [new(1, "Too many. (--reading text)"), new(2, "None.")],
        RemedyText.Told([new(1, "Too many.") { Try = OtherAsking.ReadTexts }, new(2, "None.")]));

    static void Told(string? phrase, bool isNone)
    {
        if (isNone)
            Assert.Null(phrase);
        else
            Assert.Matches("--[a-z]|localopinions [a-z]", phrase);
    }
}
