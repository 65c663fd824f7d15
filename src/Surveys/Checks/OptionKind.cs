namespace LocalOpinions.Surveys.Checks;

/// <summary>What an option is, as far as the survey says or its words show.</summary>
public enum OptionKind
{
    /// <summary>An answer to the question; whether the options have an order is not known.</summary>
    Unknown,
    /// <summary>An answer to the question among options that have no order.</summary>
    Nominal,
    /// <summary>An answer to the question, a point of a scale.</summary>
    Ordered,
    /// <summary>No answer to the question: don't know, refused, no answer, missing.</summary>
    Refusal,
    /// <summary>No option at all but the total of the source's table, which slipped in.</summary>
    Total,
}
