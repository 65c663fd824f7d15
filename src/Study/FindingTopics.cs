namespace LocalOpinions.Study;

/// <summary>What findings are about: the values of <see cref="Store.Rows.FindingRow.Topic"/>.</summary>
public static class FindingTopics
{
    /// <summary>Questions and pairs of each part.</summary>
    public const string Counts = "counts";

    /// <summary>Which country is nearest under each condition.</summary>
    public const string Nearest = "nearest";

    /// <summary>Whether naming a country moves the model to its people.</summary>
    public const string Naming = "naming";

    /// <summary>Whether asking in a language moves the model to its speakers.</summary>
    public const string Language = "language";

    /// <summary>What the order of the options does.</summary>
    public const string Orders = "orders";

    /// <summary>What is left of the answers when something is taken away, and the controls of the scoring path.</summary>
    public const string Controls = "controls";

    /// <summary>How much of the ranking is only how evenly a country's people spread over the options.</summary>
    public const string Entropy = "entropy";

    /// <summary>Whether the answers for different countries differ as much as these countries' people do.</summary>
    public const string Homogeneity = "homogeneity";

    /// <summary>How much depends on the prompt's wording.</summary>
    public const string Templates = "templates";

    /// <summary>What is written beside what the probabilities say.</summary>
    public const string Written = "written";
}
