using LocalOpinions.Engine.Chat;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Prompts;

/// <summary>What of an answer is read.</summary>
public enum AnswerReading
{
    /// <summary>The next-token probability of the options' labels.</summary>
    Labels,

    /// <summary>The probability of the options' whole texts, under each of the scores.</summary>
    Text,

    /// <summary>What the model writes, read by rule.</summary>
    Written,

    /// <summary>How many of 100 people the model says would choose each option, from the probabilities of numerals.</summary>
    Verbalised,
}

/// <summary>How the two turns of a prompt are laid out.</summary>
public enum TurnLayout
{
    /// <summary>As text: "Human:" and "Assistant:", the study's way.</summary>
    Plain,

    /// <summary>As the model's own chat template has it; the closing words open the assistant's answer.</summary>
    Chat,
}

/// <summary>Whether the prompt lists the options.</summary>
public enum OptionListing
{
    /// <summary>Each with its letter.</summary>
    Listed,

    /// <summary>Not at all.</summary>
    Unlisted,
}

/// <summary>
/// How questions are to be asked, whatever the survey: in which wording, layout and language, naming which countries, in which orders of
/// their options, with what taken away; and what of the answers is read. The default is the published study's own way.
/// </summary>
public sealed record DesignChoice
{
    /// <summary>The study's own way: the question alone, options as in the survey.</summary>
    public static DesignChoice Default { get; } = new();

    /// <summary>The wording.</summary>
    public TemplateFamily Family { get; init; }

    /// <summary>How the prompt ends; <see cref="PromptEnding.Space"/> where texts are read.</summary>
    public PromptEnding Ending { get; init; }

    /// <summary>
    /// Whom prompts name, as a person calls them: countries by name, label or ISO code, or groups of the survey; a run each.
    /// </summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>As <see cref="OptionOrders.Parse"/> takes it.</summary>
    public string Orders { get; init; } = OptionOrders.SurveysOwn;

    /// <summary>What of an answer is read.</summary>
    public AnswerReading Reading { get; init; }

    /// <summary>What is written where texts are the answer.</summary>
    public WritingChoice Writing { get; init; } = new();

    /// <summary>How turns are laid out.</summary>
    public TurnLayout Layout { get; init; }

    /// <summary>A system message that stands before the person's; null for none of one's own.</summary>
    public string? System { get; init; }

    /// <summary>The day that a chat template is told where it asks for one; null to tell none.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Whether options are listed.</summary>
    public OptionListing Listing { get; init; }

    /// <summary>The language to ask in, where there is a choice of translations; null for the survey's own, or that of the file.</summary>
    public string? Language { get; init; }

    /// <summary>The translation file; null for none, or for the sample's own where a language is named.</summary>
    public string? Translations { get; init; }

    /// <summary>What is taken away.</summary>
    public Control Control { get; init; }

    /// <summary>A file of wordings of one's own, a run each, in place of <see cref="Family"/>; null for none.</summary>
    public string? Wordings { get; init; }

    /// <summary>
    /// What is changed by rule, as <see cref="Perturbation.Parse"/> takes it: a run each, beside that of the prompt as it is.
    /// </summary>
    public IReadOnlyList<string> Perturbations { get; init; } = [];

    /// <summary>A file of personas whose parts the model takes, a run each; null for none.</summary>
    public string? Personas { get; init; }

    /// <summary>What is asked of a model's chat template.</summary>
    /// <param name="hasSystem">Whether a system message of one's own is laid out.</param>
    internal ChatChoice Chat(bool hasSystem) => new() { HasSystem = hasSystem, Date = Date };
}
