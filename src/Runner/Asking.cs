using LocalOpinions.Engine;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>What of an answer is read.</summary>
enum Reading
{
    /// <summary>The next-token probability of the options' labels.</summary>
    Labels,

    /// <summary>The probability of the options' whole texts, under each of the scores.</summary>
    Text,
}

/// <summary>How the two turns of a prompt are laid out.</summary>
enum Layout
{
    /// <summary>As text: "Human:" and "Assistant:", the study's way.</summary>
    Plain,

    /// <summary>As the model's own chat template has it; the closing words open the assistant's answer.</summary>
    Chat,
}

/// <summary>Whether the prompt lists the options.</summary>
enum Listing
{
    /// <summary>Each with its letter.</summary>
    Listed,

    /// <summary>Not at all.</summary>
    Unlisted,
}

/// <summary>How questions are asked: in which wording, layout and language, naming which countries, in which orders of their options, with what taken away; and what of the answers is read.</summary>
sealed class Asking(
    TemplateFamily family, PromptEnding ending, IReadOnlyList<Country> countries, OptionOrders orders, Reading reading = Reading.Labels, Layout layout = Layout.Plain, Listing listing = Listing.Listed)
{
    static readonly (string, TextScore?)[] s_labels = [("labels", null)];
    static readonly (string, TextScore?)[] s_texts = [("text-sum", TextScore.Sum), ("text-mean", TextScore.Mean), ("text-bytes", TextScore.Bytes), ("text-pmi", TextScore.Pmi)];

    public PromptEnding Ending => ending;

    public Layout Layout => layout;

    public Listing Listing => listing;

    public Reading Reading => reading;

    /// <summary>The countries or groups that prompts name, one run each; as they were typed before <see cref="For"/>. Empty for the other conditions.</summary>
    public IReadOnlyList<Country> Countries => countries;

    public OptionOrders Orders => orders;

    /// <summary>The language to ask in, where there is a choice of translations; null for the survey's own, or that of the file.</summary>
    public string? Language { get; init; }

    /// <summary>The translation file; null for none, or for the sample's own where a language is named.</summary>
    public string? Translations { get; init; }

    public Control Control { get; init; }

    /// <summary>
    /// One run per reading of each template: a run is one survey put to one model in one wording, and read in one way. What depends on the survey is
    /// in them after <see cref="For"/>.
    /// </summary>
    public IReadOnlyList<Template> Templates { get; private init; } = Plain(family, ending, countries, listing);

    /// <summary>The readings of each answer, by the names that results have for them; the score is null where labels are read.</summary>
    public IReadOnlyList<(string Name, TextScore? Score)> Readings { get; } = reading == Reading.Labels ? s_labels : s_texts;

    /// <summary>The study's own way: the question alone, options as in the survey.</summary>
    public static Asking Default { get; } = With(TemplateFamily.Faithful, []);

    public static Asking With(TemplateFamily family, IReadOnlyList<Country> countries, string orders = "faithful", Reading reading = Reading.Labels, Listing listing = Listing.Listed) =>
        new(family, reading == Reading.Labels ? PromptEnding.Paren : PromptEnding.Space, countries, OptionOrders.Parse(orders), reading, Layout.Plain, listing);

    /// <summary>The same way of asking for one survey: its translation loaded and checked, its control drawn.</summary>
    /// <param name="survey">The survey as it was loaded, before any policy.</param>
    /// <param name="nameOrPath">Where it came from.</param>
    public Asking For(Survey survey, string nameOrPath)
    {
        var named = PromptedGroups.Named(countries.Select(c => c.Label), survey, nameOrPath);
        var templates = Translated(survey, nameOrPath) is { } t ? [Template.Create(family, ending, t)] : Plain(family, ending, named, listing);
        return new(family, ending, named, orders, reading, layout, listing)
        {
            Language = Language,
            Translations = Translations,
            Control = Control,
            Templates = [.. templates.Select(t => t.Under(Control, survey))],
        };
    }

    public bool CanAsk(Question question, out string? reason) => Templates[0].CanAsk(question, out reason) && Orders.CanAsk(question, out reason);

    /// <summary>In words, as "cross-national, shareable template, 8 countries, cyclic orders".</summary>
    public string Describe() => string.Join(", ", new[]
    {
        Templates[0].Condition,
        Templates[0].Translation is { } t ? $"in {t.Language} ({(t.Provenance == Provenance.Human ? "translated by" : "machine translation:")} {t.Translator})" : "",
        $"{Templates[0].Name} template",
        Layout == Layout.Chat ? "chat layout" : "",
        Countries.Count switch { 0 => "", 1 => Countries[0].PromptedAs, _ => $"{Countries.Count} countries" },
        Orders.Name == "faithful" ? "" : $"{Orders.Name} orders",
        Reading == Reading.Text ? "option texts" : "",
        Control == Control.None ? "" : $"control {ControlNames.Of(Control)}",
    }.Where(p => p.Length > 0));

    static Template[] Plain(TemplateFamily family, PromptEnding ending, IReadOnlyList<Country> countries, Listing listing) => countries.Count == 0
        ? [Template.Create(family, ending, null, listing == Listing.Listed)]
        : [.. countries.Select(c => Template.Create(family, ending, c, listing == Listing.Listed))];

    Translation? Translated(Survey survey, string nameOrPath)
    {
        if (Translations is { } file)
        {
            var translation = Translation.Load(file, survey);
            return Language is null || Language == translation.Language
                ? translation
                : throw new IOException($"{file}: this is a translation into {translation.Language}, not into {Language}. Name another file, or leave --language out.");
        }
        return Language switch
        {
            null => null,
            _ when SurveySource.IsSample(nameOrPath) => SampleSurvey.Translated(Language, survey),
            _ => throw new IOException($"No translation of {nameOrPath} into {Language} is named. Give one with --translations FILE; 'localopinions translate --help' says how to make one."),
        };
    }
}
