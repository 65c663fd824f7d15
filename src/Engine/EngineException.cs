namespace LocalOpinions.Engine;

/// <summary>What an <see cref="EngineException"/> is about, so that a caller can choose an exit code or go on.</summary>
public enum EngineError
{
    /// <summary>A native library is missing, broken or of another version.</summary>
    NativeLibrary,

    /// <summary>The device that was asked for is not there.</summary>
    Device,

    /// <summary>No such model file.</summary>
    ModelNotFound,

    /// <summary>The file is there but cannot answer: not a GGUF, truncated, an encoder without logits.</summary>
    ModelUnusable,

    /// <summary>One prompt cannot be asked of this model; others can.</summary>
    Prompt,

    /// <summary>llama.cpp failed while decoding.</summary>
    Decode,
}

/// <summary>A choice of the caller's that would mend an <see cref="EngineException"/>: a program has words of its own for it.</summary>
public enum EngineRemedy
{
    /// <summary>Nothing besides what the message says.</summary>
    None,

    /// <summary>Put fewer of the model's layers onto the GPU.</summary>
    FewerGpuLayers,

    /// <summary>Decode fewer tokens at once.</summary>
    SmallerDecodes,

    /// <summary>Use the processor.</summary>
    UseProcessor,

    /// <summary>Install a newer driver, or take a build that is content with this one.</summary>
    NewerDriver,

    /// <summary>Lay prompts out as plain text, not in the model's chat layout.</summary>
    PlainLayout,

    /// <summary>Leave a system message out, or lay prompts out as plain text.</summary>
    NoSystemOrPlainLayout,

    /// <summary>Say which day a chat template is told.</summary>
    NameDate,

    /// <summary>Let a text have fewer tokens.</summary>
    FewerTokens,
}

/// <summary>An expected failure of the engine; its message names the file or prompt and the remedy.</summary>
public sealed class EngineException(EngineError kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What failed.</summary>
    public EngineError Kind { get; } = kind;

    /// <summary>What the caller can choose otherwise.</summary>
    public EngineRemedy Remedy { get; init; }
}
