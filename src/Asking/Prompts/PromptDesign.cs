using System.Diagnostics.CodeAnalysis;
using LocalOpinions.Analysis;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;
using LocalOpinions.Surveys.Translations;

namespace LocalOpinions.Asking.Prompts;

/// <summary>
/// How one survey's questions are asked: a <see cref="DesignChoice"/> with its translation loaded and checked, and its control drawn.
/// </summary>
public sealed class PromptDesign
{
    /// <summary>The reading of options' labels, by the name that runs have for it.</summary>
    public const string LabelReading = "labels";

    /// <summary>The reading of texts that the model writes.</summary>
    public const string WrittenReading = "written";

    /// <summary>The reading of what the model says people answer.</summary>
    public const string VerbalisedReading = "verbalised";

    static readonly (string Name, TextScore? Score)[] s_labels = [(LabelReading, null)];
    static readonly (string Name, TextScore? Score)[] s_texts =
        [("text-sum", TextScore.Sum), ("text-mean", TextScore.Mean), ("text-bytes", TextScore.Bytes), ("text-pmi", TextScore.Pmi)];

    static readonly (string Name, TextScore? Score)[] s_written = [(WrittenReading, null)], s_verbalised = [(VerbalisedReading, null)];

    /// <summary>The readings of probabilities of the options themselves, by the names that runs have for them.</summary>
    public static IReadOnlyList<string> ReadingNames { get; } = [.. s_labels.Concat(s_texts).Select(r => r.Name)];

    PromptDesign(DesignChoice choice, IReadOnlyList<Country> countries, IReadOnlyList<Template> templates)
    {
        (Choice, Countries, Templates) = (choice, countries, templates);
        Orders = OptionOrders.Parse(choice.Orders);
        Readings = choice.Reading switch
        {
            AnswerReading.Labels => s_labels,
            AnswerReading.Text => s_texts,
            AnswerReading.Written => s_written,
            AnswerReading.Verbalised => s_verbalised,
            _ => throw new ArgumentOutOfRangeException(nameof(choice), choice.Reading, "no such reading"),
        };
    }

    /// <summary>What was chosen.</summary>
    public DesignChoice Choice { get; }

    /// <summary>The countries or groups that prompts name, one run each. Empty for the other conditions.</summary>
    public IReadOnlyList<Country> Countries { get; }

    /// <summary>The orders in which options are listed.</summary>
    public OptionOrders Orders { get; }

    /// <summary>One run per reading of each template: a run is one survey put to one model in one wording, and read in one way.</summary>
    public IReadOnlyList<Template> Templates { get; }

    /// <summary>The readings of each answer, by the names that results have for them; the score is null where labels are read.</summary>
    public IReadOnlyList<(string Name, TextScore? Score)> Readings { get; }

    /// <summary>Makes a choice fit a survey.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="survey">The survey as it was loaded, before any policy.</param>
    /// <param name="nameOrPath">Where it came from.</param>
    /// <exception cref="SurveyException">It names nobody whom prompts can name, or the translation does not fit.</exception>
    /// <exception cref="InputException">A translation is wanted and not there, or what is chosen does not go together.</exception>
    public static PromptDesign For(DesignChoice choice, Survey survey, string nameOrPath)
    {
        var named = PromptedGroups.Named(choice.Countries, survey, nameOrPath);
        if (choice.Reading == AnswerReading.Verbalised && (choice.Language ?? choice.Translations) is not null)
            throw new InputException("How many people would choose each option is asked in English words only. Name no language.");
        if (choice.Reading == AnswerReading.Verbalised && (choice.Wordings ?? choice.Personas) is not null)
            throw new InputException("How many people would choose each option is asked in words of its own, of people and not of "
                + "personas. Name no wordings and no personas.");
        var templates = TemplateSet.Of(choice, survey, nameOrPath, named, Translated(choice, survey, nameOrPath));
        // Personas may be of countries of their own.
        return new(choice, [.. templates.Select(t => t.Country).OfType<Country>().DistinctBy(c => c.Somebody)], templates);
    }

    /// <summary>Tells whether a question can be asked so, by one template or more.</summary>
    /// <param name="question">The question.</param>
    /// <param name="unasked">Why it cannot; null where it can.</param>
    public bool CanAsk(Question question, [NotNullWhen(false)] out UnaskedQuestion? unasked)
    {
        unasked = WhyNot(Templates[0], question);
        return unasked is null;
    }

    /// <summary>Of a question that can be asked: the templates that cannot, by index, and why. Only perturbed ones differ.</summary>
    public IReadOnlyDictionary<int, UnaskedQuestion> UnaskedBy(Question question)
    {
        Dictionary<int, UnaskedQuestion> unasked = [];
        for (var i = 0; i < Templates.Count; i++)
        {
            if (Templates[i].Perturbation is { } changed && WhyNot(Templates[i], question) is { } why)
                unasked.Add(i, why.Changed(changed, i));
        }
        return unasked;
    }

    UnaskedQuestion? WhyNot(Template template, Question question)
    {
        var count = question.Options.Count;
        // A text may name an option by its words, where there are too many for letters.
        var canBeRead = Choice.Reading is not AnswerReading.Labels || count <= OptionLimits.MostLabelled;
        return !template.CanAsk(question, out var reason) ? new(question.SourceRow, reason!)
            : !canBeRead ? new(question.SourceRow,
                $"{count} options: there are labels for {OptionLimits.MostLabelled}, but the options' whole texts can be read")
            {
                Try = OtherAsking.ReadTexts,
            }
            : !Orders.CanAsk(question, out reason) ? new(question.SourceRow, reason!)
            : null;
    }

    /// <summary>How many prompts a question has: one per order and template that can ask it; 0 where it cannot be asked.</summary>
    public int PromptsOf(Question question) => OrdersOf(question) * (Templates.Count - UnaskedBy(question).Count);

    /// <summary>In how many orders a question's options are put; 0 where it cannot be asked.</summary>
    public int OrdersOf(Question question) => CanAsk(question, out _) ? Orders.For(question).Count : 0;

    /// <summary>In words, as "cross-national, shareable template, 8 countries, cyclic orders".</summary>
    public string Describe() => string.Join(", ", new[]
    {
        Templates[0].Condition,
        Templates[0].Translation is { } t
            ? $"in {t.Language} ({(t.Provenance == Provenance.Human ? "translated by" : "machine translation:")} {t.Translator})"
            : "",
        Words(),
        Choice.Layout == TurnLayout.Chat ? "chat layout" : "",
        Choice.System is null ? "" : "with a system message",
        Countries.Count switch { 0 => "", 1 => Countries[0].PromptedAs, _ => $"{Countries.Count} countries" },
        Orders.Name == OptionOrders.SurveysOwn ? "" : $"{Orders.Name} orders",
        Choice.Reading switch
        {
            AnswerReading.Text => "option texts",
            AnswerReading.Written => Choice.Writing.Texts == 1 ? "a written text" : $"{Choice.Writing.Texts} written texts",
            _ => "",
        },
        Choice.Control == Control.None ? "" : $"control {ControlNames.Of(Choice.Control)}",
        Choice.Perturbations.Count == 0 ? "" : $"perturbed ({string.Join(", ", Choice.Perturbations)})",
    }.Where(p => p.Length > 0));

    string Words()
    {
        var wordings = Templates.Select(t => t.WordingName).Distinct().ToList();
        var personas = Templates.Select(t => t.Persona?.Name).OfType<string>().Distinct().Count();
        return (wordings.Count == 1 ? $"{wordings[0]} template" : $"{wordings.Count} wordings ({string.Join(", ", wordings)})")
            + (personas == 0 ? "" : $", {personas} persona{(personas == 1 ? "" : "s")}");
    }

    static Translation? Translated(DesignChoice choice, Survey survey, string nameOrPath)
    {
        if (choice.Translations is { } file)
        {
            var translation = Translation.Load(file, survey);
            return choice.Language is null || choice.Language == translation.Language
                ? translation
                : throw new InputException(
                    $"{file}: this is a translation into {translation.Language}, not into {choice.Language}. Name another file, or no "
                    + "language.");
        }
        return choice.Language switch
        {
            null => null,
            _ when SurveySource.IsSample(nameOrPath) => SampleSurvey.Translated(choice.Language, survey),
            _ => throw new InputException($"No translation of {nameOrPath} into {choice.Language} is named.", Remedy.NameTranslation),
        };
    }
}
