using System.Text.Json;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Study.Tests;

/// <summary>A study can be asked in the wording of every template family.</summary>
public class TemplateChoiceTests
{
    [Theory]
    [InlineData("shareable", TemplateFamily.Shareable, "default-faithful")]
    [InlineData("faithful", TemplateFamily.Faithful, "default-shareable")]
    [InlineData("corrected", TemplateFamily.Corrected, "default-shareable")]
    public void All_parts_but_one_are_asked_in_it(string template, TemplateFamily family, string other)
    {
        var study = StudyFile.Checked(Asked(template), "here");
        var parts = StudyParts.Of(study, SurveySource.Load(SurveySource.Sample));
        Assert.Equal(other, Assert.Single(parts, p => p.IsOtherTemplate).Name);
        Assert.All(parts, p => Assert.Equal(p.IsOtherTemplate, p.Design.Family != family));
    }

    [Fact]
    public void The_schema_names_every_family_and_others_are_refused()
    {
        using var schema = JsonDocument.Parse(StudyFile.Schema());
        // Where nobody is asked any name will do.
        var names = schema.RootElement.GetProperty("properties").GetProperty("template").GetProperty("anyOf")[0].GetProperty("enum");
        Assert.Equal(TemplateFamilies.Names.Order(), names.EnumerateArray().Select(n => n.GetString()!).Order());
        var e = Assert.ThrowsAny<Exception>(() => StudyFile.Checked(Asked("Faithful"), "here"));
        Assert.Contains("\"Faithful\" is none: give faithful, shareable, corrected", e.Message);
    }

    static StudyDeclaration Asked(string template) => new() { Models = ["m"], Survey = SurveySource.Sample, Template = template };
}
