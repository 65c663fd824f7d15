using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>How questions are asked: in which wording, naming which countries, in which orders of their options.</summary>
/// <param name="Countries">The countries that prompts name, one run each; empty for the default condition.</param>
sealed record Asking(TemplateFamily Family, PromptEnding Ending, IReadOnlyList<Country> Countries, OptionOrders Orders)
{
    /// <summary>One per run: a run is one survey put to one model in one wording.</summary>
    public IReadOnlyList<Template> Templates { get; } = Countries.Count == 0
        ? [Template.Create(Family, Ending)]
        : [.. Countries.Select(c => Template.Create(Family, Ending, c))];

    /// <summary>The study's own way: the question alone, options as in the survey.</summary>
    public static Asking Default { get; } = new(TemplateFamily.Faithful, PromptEnding.Paren, [], OptionOrders.Parse("faithful"));

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
