namespace LocalOpinions.Store.Rows;

/// <summary>How a run was asked and by what: what every account of a run says.</summary>
public abstract record RunWay
{
    /// <summary>"default", "cross-national" or "linguistic".</summary>
    public required string Condition { get; init; }

    /// <summary>The country that the prompt names; null where it names none.</summary>
    public required string? PromptedCountry { get; init; }

    /// <summary>How the prompt ends: "paren" or "space".</summary>
    public required string Ending { get; init; }

    /// <summary>"faithful" is the survey's own order.</summary>
    public required string OptionOrder { get; init; }

    /// <summary>Whether the engine ran in its exact mode.</summary>
    public required bool Exact { get; init; }

    /// <summary>Version of the inference library.</summary>
    public required string EngineBuild { get; init; }

    /// <summary>What computed, for example "cpu".</summary>
    public required string Device { get; init; }
}
