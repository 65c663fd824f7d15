namespace LocalOpinions.Surveys.Prompts;

/// <summary>A change of the prompt that takes something away, to see what the rest does alone.</summary>
public enum Control
{
    /// <summary>No control: the question as it is.</summary>
    None,
    /// <summary>The options without the question: what a model still prefers, it prefers for the options' wording.</summary>
    OptionsOnly,
    /// <summary>
    /// The options under the text of another question of the survey: what a model still gets right, it owes to the options.
    /// </summary>
    ShuffledQuestion,
    /// <summary>Each question names another country than the one that the run stands for, drawn from the published list.</summary>
    WrongCountry,
}

/// <summary>How controls are written in commands and results.</summary>
public static class ControlNames
{
    /// <summary>none, options-only, shuffled-question or wrong-country.</summary>
    public static string Of(Control control) => control switch
    {
        Control.None => "none",
        Control.OptionsOnly => "options-only",
        Control.ShuffledQuestion => "shuffled-question",
        Control.WrongCountry => "wrong-country",
        _ => throw new ArgumentOutOfRangeException(nameof(control), control, "no such control"),
    };
}
