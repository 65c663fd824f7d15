using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>How questions are asked: in which wording, naming which countries, in which orders of their options.</summary>
sealed class Asking(TemplateFamily family, PromptEnding ending, IReadOnlyList<Country> countries, OptionOrders orders)
{
    public PromptEnding Ending => ending;

    /// <summary>The countries that prompts name, one run each; empty for the default condition.</summary>
    public IReadOnlyList<Country> Countries => countries;

    public OptionOrders Orders => orders;

    /// <summary>One per run: a run is one survey put to one model in one wording.</summary>
    public IReadOnlyList<Template> Templates { get; } = countries.Count == 0
        ? [Template.Create(family, ending)]
        : [.. countries.Select(c => Template.Create(family, ending, c))];

    /// <summary>The study's own way: the question alone, options as in the survey.</summary>
    public static Asking Default { get; } = With(TemplateFamily.Faithful, []);

    public static Asking With(TemplateFamily family, IReadOnlyList<Country> countries, string orders = "faithful") => new(family, PromptEnding.Paren, countries, OptionOrders.Parse(orders));

    public bool CanAsk(Question question, out string? reason) => Templates[0].CanAsk(question, out reason) && Orders.CanAsk(question, out reason);

    /// <summary>In words, as "cross-national, shareable template, 8 countries, cyclic orders".</summary>
    public string Describe() => string.Join(", ", new[]
    {
        Templates[0].Condition,
        $"{Templates[0].Name} template",
        Countries.Count switch { 0 => "", 1 => Countries[0].Name, _ => $"{Countries.Count} countries" },
        Orders.Name == "faithful" ? "" : $"{Orders.Name} orders",
    }.Where(p => p.Length > 0));
}
