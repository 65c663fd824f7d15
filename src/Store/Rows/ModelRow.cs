namespace LocalOpinions.Store.Rows;

/// <summary>A model file.</summary>
public sealed record ModelRow
{
    /// <summary>What people call it; tables and views show this.</summary>
    public required string Name { get; init; }

    /// <summary>Where it was when it was added.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the file's bytes, lower-case hexadecimal: the model's identity.</summary>
    public required string Sha256 { get; init; }

    /// <summary>For example "llama".</summary>
    public required string Architecture { get; init; }

    /// <summary>One line about the model, in the engine's words.</summary>
    public required string Description { get; init; }

    /// <summary>Number of weights.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>Size of the file in bytes.</summary>
    public required long FileBytes { get; init; }

    /// <summary>For example "Q4_1".</summary>
    public required string Quantisation { get; init; }

    /// <summary>Number of tokens.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Longest context in tokens that the model was trained for.</summary>
    public required int ContextLength { get; init; }
}
