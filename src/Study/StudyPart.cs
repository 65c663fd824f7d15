using System.Globalization;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Study;

/// <summary>A part of a study: one way of asking, on all questions or on a sample of them.</summary>
/// <param name="Name">As study_runs.part has it.</param>
/// <param name="Sample">A seeded sample of so many questions; null for all.</param>
public record StudyPart(string Name, int? Sample = null)
{
    /// <summary>Whether it asks the default condition in another template.</summary>
    public bool IsOtherTemplate { get; init; }

    /// <summary>The language that a linguistic part asks in.</summary>
    public string? Language { get; init; }
}

/// <summary>A part of which a model is asked.</summary>
/// <param name="Name">As study_runs.part has it.</param>
/// <param name="Design">How questions are asked.</param>
/// <param name="Sample">A seeded sample of so many questions; null for all.</param>
public sealed record AskedPart(string Name, DesignChoice Design, int? Sample = null) : StudyPart(Name, Sample)
{
    /// <summary>Whether a run of the part is one that the study goes by: of several readings of its answers the declared one.</summary>
    internal bool GoesBy(string reading, StudyDeclaration study) =>
        Design.Reading is AnswerReading.Written or AnswerReading.Verbalised || reading == study.JudgedReading();
}

/// <summary>What a declaration comes to: the parts that models are asked, in the order in which they are run.</summary>
static class StudyParts
{
    public const string Default = "default", Orders = "default-orders", OtherTemplate = "default-", CrossNational = "cross-national",
        Linguistic = "linguistic-", Wordings = "default-wordings", Perturbed = "default-perturbed", Personas = "cross-national-personas",
        Written = "written", Verbalised = "verbalised",
        OptionsOnly = "options-only", ShuffledQuestion = "shuffled-question", WrongCountry = "wrong-country";

    /// <summary>Whether it asks the default condition in several ways at once, of which each is told by its template's name.</summary>
    public static bool IsSeveral(string part) => part is Wordings or Perturbed;

    public static bool IsControl(string part) => part is OptionsOnly or ShuffledQuestion or WrongCountry;

    /// <param name="study">The declaration.</param>
    /// <param name="survey">Its survey as it was loaded, before any policy.</param>
    public static IReadOnlyList<AskedPart> Of(StudyDeclaration study, Survey survey)
    {
        // Of a study of imported answers alone nobody is asked anything.
        List<AskedPart> parts = study.Models.Count == 0 ? [] : [.. Declared(study, survey)];
        // What is wrong with a translation or a control is told before anything slow begins.
        foreach (var part in parts)
            PromptDesign.For(part.Design, survey, study.Survey);
        return parts;
    }

    static IEnumerable<AskedPart> Declared(StudyDeclaration study, Survey survey)
    {
        var family = TemplateFamilies.Named(study.Template);
        var other = family == TemplateFamily.Shareable ? TemplateFamily.Faithful : TemplateFamily.Shareable;
        var ending = study.Ending == "space" ? PromptEnding.Space : PromptEnding.Paren;
        var layout = study.Layout == "chat" ? TurnLayout.Chat : TurnLayout.Plain;
        var reading = study.JudgedReading() == PromptDesign.LabelReading ? AnswerReading.Labels : AnswerReading.Text;
        const string one = OptionOrders.SurveysOwn;
        // A name that means nobody is told also where no prompt would name it.
        var named = PromptedGroups.Named(study.Countries, survey, study.Survey);
        IReadOnlyList<string> countries = study.Conditions.Contains("cross-national") ? [.. named.Select(c => c.Label)] : [];

        yield return new(Default, Ask(family, [], one));
        if (study.Orders != one)
            yield return new(Orders, Ask(family, [], study.Orders));
        if (study.OtherTemplate)
            yield return new(OtherTemplate + TemplateFamilies.NameOf(other), Ask(other, [], one)) { IsOtherTemplate = true };
        if (study.Wordings is { } wordings)
            yield return new(Wordings, Ask(family, [], study.WordingOrders ?? one) with { Wordings = wordings });
        if (study.Perturbations is { Count: > 0 } perturbations)
            yield return new(Perturbed, Ask(family, [], one) with { Perturbations = perturbations });
        if (countries.Count > 0)
            yield return new(CrossNational, Ask(family, countries, one));
        if (study.Personas is { } personas)
            yield return new(Personas, Ask(family, countries, one) with { Personas = personas });
        if (study.Conditions.Contains("linguistic"))
        {
            foreach (var translation in study.Translations)
            {
                var isTag = SurveySource.IsSample(study.Survey) && LanguageTag.IsOne(translation) && !File.Exists(translation);
                var design = Ask(family, [], one) with { Language = isTag ? translation : null, Translations = isTag ? null : translation };
                var language = PromptDesign.For(design, survey, study.Survey).Templates[0].Translation!.Language;
                yield return new(Linguistic + language, design) { Language = language };
            }
        }
        if (study.Written is { } texts)
            yield return new(Written, Ask(family, [], one) with
            {
                Reading = AnswerReading.Written,
                Writing = new() { Texts = texts, Temperature = texts > 1 ? 1 : 0, Seed = study.Seed },
            });
        if (study.Verbalised == true)
            yield return new(Verbalised, Ask(family, [], one) with { Reading = AnswerReading.Verbalised, Ending = PromptEnding.Space });
        if (study.Controls == "none")
            yield break;
        var asked = Math.Min(study.Limit ?? int.MaxValue, survey.Questions.Count);
        int? sample = study.Controls == "full" || study.ControlQuestions >= asked ? null : study.ControlQuestions;
        yield return new(OptionsOnly, Ask(family, [], one, Control.OptionsOnly), sample);
        if (survey.Questions.Select(q => q.Text.Trim()).Where(t => t.Length > 0).Distinct().Count() >= 2)
            yield return new(ShuffledQuestion, Ask(family, [], one, Control.ShuffledQuestion), sample);
        if (countries.Count > 0)
            yield return new(WrongCountry, Ask(family, countries, one, Control.WrongCountry), sample);

        DesignChoice Ask(TemplateFamily wording, IReadOnlyList<string> whom, string orders, Control control = Control.None) =>
            new()
            {
                Family = wording,
                Ending = ending,
                Countries = whom,
                Orders = orders,
                Reading = reading,
                Layout = layout,
                System = study.System,
                Date = study.Date is { } day ? DateOnly.ParseExact(day, StudyDeclaration.DateFormat, CultureInfo.InvariantCulture) : null,
                Control = control
            };
    }
}
