namespace LocalOpinions.Asking.Prompts;

/// <summary>Another way of asking, for what this one cannot ask, or where it leaves little of the probability to the labels.</summary>
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
