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

/// <summary>How questions are asked: in which wording and layout, naming which countries, in which orders of their options; and what of the answers is read.</summary>
sealed class Asking(
    TemplateFamily family, PromptEnding ending, IReadOnlyList<Country> countries, OptionOrders orders, Reading reading = Reading.Labels, Layout layout = Layout.Plain, Listing listing = Listing.Listed)
{
    static readonly (string, TextScore?)[] s_labels = [("labels", null)];
    static readonly (string, TextScore?)[] s_texts = [("text-sum", TextScore.Sum), ("text-mean", TextScore.Mean), ("text-bytes", TextScore.Bytes), ("text-pmi", TextScore.Pmi)];

    public PromptEnding Ending => ending;

    public Layout Layout => layout;

    public Reading Reading => reading;

    /// <summary>The countries that prompts name, one run each; empty for the default condition.</summary>
    public IReadOnlyList<Country> Countries => countries;

    public OptionOrders Orders => orders;

    /// <summary>One run per reading of each template: a run is one survey put to one model in one wording, and read in one way.</summary>
    public IReadOnlyList<Template> Templates { get; } = countries.Count == 0
        ? [Template.Create(family, ending, null, listing == Listing.Listed)]
        : [.. countries.Select(c => Template.Create(family, ending, c, listing == Listing.Listed))];

    /// <summary>The readings of each answer, by the names that results have for them; the score is null where labels are read.</summary>
    public IReadOnlyList<(string Name, TextScore? Score)> Readings { get; } = reading == Reading.Labels ? s_labels : s_texts;

    /// <summary>The study's own way: the question alone, options as in the survey.</summary>
    public static Asking Default { get; } = With(TemplateFamily.Faithful, []);

    public static Asking With(TemplateFamily family, IReadOnlyList<Country> countries, string orders = "faithful", Reading reading = Reading.Labels, Listing listing = Listing.Listed) =>
        new(family, reading == Reading.Labels ? PromptEnding.Paren : PromptEnding.Space, countries, OptionOrders.Parse(orders), reading, Layout.Plain, listing);

    public bool CanAsk(Question question, out string? reason) => Templates[0].CanAsk(question, out reason) && Orders.CanAsk(question, out reason);

    /// <summary>In words, as "cross-national, shareable template, 8 countries, cyclic orders".</summary>
    public string Describe() => string.Join(", ", new[]
    {
        Templates[0].Condition,
        $"{Templates[0].Name} template",
        Layout == Layout.Chat ? "chat layout" : "",
        Countries.Count switch { 0 => "", 1 => Countries[0].Name, _ => $"{Countries.Count} countries" },
        Orders.Name == "faithful" ? "" : $"{Orders.Name} orders",
        Reading == Reading.Text ? "option texts" : "",
    }.Where(p => p.Length > 0));
}
