namespace LocalOpinions.Store.Rows;

/// <summary>A text that a model wrote behind a prompt.</summary>
public sealed record GenerationRow
{
    /// <summary>The question's row in the survey file.</summary>
    public required int SourceRow { get; init; }

    /// <summary>0, 1, ... for each text to the same question.</summary>
    public required int Sequence { get; init; }

    /// <summary>Seed of the sampling.</summary>
    public required long Seed { get; init; }

    /// <summary>Temperature of the sampling, at least 0; 0 takes the most probable token.</summary>
    public required double Temperature { get; init; }

    /// <summary>Nucleus of the sampling, above 0, at most 1.</summary>
    public required double TopP { get; init; }

    /// <summary>The whole prompt, verbatim.</summary>
    public required string Prompt { get; init; }

    /// <summary>What the model wrote, verbatim.</summary>
    public required string Text { get; init; }

    /// <summary>Why it ended: "end" (the model ended it), "stop" (a stop string), "length".</summary>
    public required string Finish { get; init; }

    /// <summary>Whether the text names the option that has the highest probability; null where that is not known.</summary>
    public bool? Agrees { get; init; }
}
