namespace LocalOpinions.Hub;

/// <summary>What a <see cref="PullException"/> is about, so that a caller can choose an exit code.</summary>
public enum PullError
{
    /// <summary>The name, address or option makes no sense.</summary>
    Argument,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>The server wants a token, or the licence accepted.</summary>
    Refused,

    /// <summary>The server cannot be reached, or keeps failing.</summary>
    Network,

    /// <summary>What came is not what was expected: another hash, another size, none of its kind.</summary>
    Content,

    /// <summary>Another file of that name is there.</summary>
    Exists,

    /// <summary>The disk has too little room.</summary>
    Space,
}

/// <summary>A choice of the caller's that would mend a <see cref="PullException"/>, where a program has words of its own for it.</summary>
public enum PullRemedy
{
    /// <summary>Nothing besides what the message says.</summary>
    None,

    /// <summary>Give another name.</summary>
    OtherName,

    /// <summary>Give the hash, or another name.</summary>
    HashOrOtherName,

    /// <summary>Give another folder.</summary>
    OtherFolder,

    /// <summary>Give a plain name, and the folder apart from it.</summary>
    NameAndFolder,

    /// <summary>Give one hash per file.</summary>
    HashPerFile,
}

/// <summary>An expected failure of a pull; its message names the file or address and the remedy.</summary>
public sealed class PullException(PullError kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What failed.</summary>
    public PullError Kind { get; } = kind;

    /// <summary>What the caller can choose otherwise.</summary>
    public PullRemedy Remedy { get; init; }

    /// <summary>Whether the same request may succeed a little later.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>How long the server asks to wait before the next request.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}
