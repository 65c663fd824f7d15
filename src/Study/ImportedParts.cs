using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Imports;
using LocalOpinions.Surveys.Prompts;
using LocalOpinions.Surveys.Translations;

namespace LocalOpinions.Study;

/// <summary>A run that a study of imported answers takes, wherever it was asked.</summary>
/// <param name="Part">The part that it belongs to.</param>
/// <param name="Way">How it was asked, by what an imported file says of it.</param>
sealed record SoughtRun(StudyPart Part, ImportedWay Way)
{
    /// <summary>The columns of a file that has it, with their values.</summary>
    public string Columns() => string.Join(", ", new[]
    {
        $"condition {Way.Condition}", Way.Country is null ? "" : $"prompted_country {Way.Country.PromptedAs}",
        Way.Language is null ? "" : $"language {Way.Language}",
        Part.IsOtherTemplate ? $"template other than {Way.Template}" : $"template {Way.Template}",
        $"option_order {Way.OptionOrder}", $"control {Way.Control}", $"reading {Way.Reading}",
    }.Where(c => c.Length > 0));
}

/// <summary>
/// The parts of a study for answers that were imported: the same as those that a model is asked (<see cref="StudyParts"/>), run by run. All
/// are in one wording but the one part that asks in others, all are read in one way, and none is a sample, for asking them costs nothing.
/// </summary>
static class ImportedParts
{
    /// <param name="study">The declaration.</param>
    /// <param name="survey">Its survey as it was loaded, before any policy.</param>
    public static IEnumerable<SoughtRun> Of(StudyDeclaration study, Survey survey)
    {
        var plain = new ImportedWay { Condition = StudyParts.Default, Template = study.Template, Reading = study.JudgedReading() };
        var part = new StudyPart(StudyParts.Default);
        var named = PromptedGroups.Named(study.Countries, survey, study.Survey);
        var countries = study.Conditions.Contains(StudyParts.CrossNational) ? named : [];
        yield return new(part, plain);
        if (study.Orders != OptionOrders.SurveysOwn)
            yield return new(new(StudyParts.Orders), plain with { OptionOrder = study.Orders });
        if (study.OtherTemplate)
            yield return new(new(StudyParts.OtherTemplate) { IsOtherTemplate = true }, plain);
        foreach (var run in Naming(StudyParts.CrossNational, Control.None))
            yield return run;
        if (study.Conditions.Contains("linguistic"))
        {
            foreach (var language in study.Translations.Select(t => Language(t, survey)))
                yield return new(new(StudyParts.Linguistic + language) { Language = language },
                    plain with { Condition = "linguistic", Language = language });
        }
        if (study.Controls == "none")
            yield break;
        foreach (var control in new[] { Control.OptionsOnly, Control.ShuffledQuestion })
            yield return new(new(ControlNames.Of(control)), plain with { Control = ControlNames.Of(control) });
        foreach (var run in Naming(StudyParts.WrongCountry, Control.WrongCountry))
            yield return run;

        IEnumerable<SoughtRun> Naming(string name, Control control) => countries.Select(country => new SoughtRun(new(name),
            plain with { Condition = StudyParts.CrossNational, Country = country, Control = ControlNames.Of(control) }));
    }

    // Where nobody is asked a translation need not be there: its language tells which answers are meant.
    static string Language(string translation, Survey survey) => LanguageTag.IsOne(translation) && !File.Exists(translation)
        ? translation : Translation.Load(translation, survey).Language;
}
