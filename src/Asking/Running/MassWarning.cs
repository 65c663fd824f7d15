namespace LocalOpinions.Asking.Running;

/// <summary>Another way of asking that may leave more of the probability to the labels.</summary>
public enum OtherAsking
{
    /// <summary>End prompts with a space.</summary>
    EndWithSpace,

    /// <summary>End prompts with an open parenthesis.</summary>
    EndWithParen,

    /// <summary>Read the options' whole texts.</summary>
    ReadTexts,

    /// <summary>Lay prompts out as the model's chat.</summary>
    ChatLayout,

    /// <summary>Lay prompts out as plain text.</summary>
    PlainLayout,
}

/// <summary>What casts doubt on a run's answers.</summary>
/// <param name="Text">What it is and the likely cause, as sentences.</param>
/// <param name="Try">What to try, the likeliest first.</param>
public sealed record MassWarning(string Text, IReadOnlyList<OtherAsking> Try);
