namespace LocalOpinions.Surveys.Checks;

/// <summary>One kind of irregularity of a survey file: what it is, what was done with it, and where it stands.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Description">One sentence for the reader: what was met and what was done with it.</param>
/// <param name="Rows">The source rows concerned, ascending, each once.</param>
/// <param name="Count">How many things were met, in the unit that <see cref="OddityKind"/> names for the kind.</param>
public sealed record Oddity(OddityKind Kind, string Description, IReadOnlyList<int> Rows, int Count);

/// <summary>The kinds of irregularity a survey is searched for.</summary>
public enum OddityKind
{
    /// <summary>No question text; asked with an empty question. Counts questions.</summary>
    EmptyText,
    /// <summary>Fewer than 2 or more than 100 options: kept, but no prompt can ask it. Counts questions.</summary>
    NotAskable,
    /// <summary>27 to 100 options: asked only where their whole texts are read, and not labels. Counts questions.</summary>
    MoreOptionsThanLetters,
    /// <summary>No usable human distribution: it can be asked, but compared with nobody. Counts questions.</summary>
    NoHumans,
    /// <summary>A single country answered. Counts questions.</summary>
    SingleCountry,
    /// <summary>A distribution that did not sum to 1 and was divided by its sum. Counts distributions.</summary>
    SumNotOne,
    /// <summary>A distribution of zeros only: missing data, left out. Counts distributions.</summary>
    AllZero,
    /// <summary>A sample that does not stand for its whole country. Counts distributions.</summary>
    NonNationalSample,
    /// <summary>A label that the country table does not know: kept, without a place on the map. Counts distributions.</summary>
    UnknownCountry,
    /// <summary>A total of the source's table that slipped in among the options. Counts options.</summary>
    LeakedTotal,
    /// <summary>An option that nobody chose in any country. Counts options.</summary>
    OptionWithoutMass,
    /// <summary>An option that is a number rather than text. Counts options.</summary>
    NumericOption,
    /// <summary>A don't-know, refused, no-answer or missing option. Counts options.</summary>
    RefusalOption,
    /// <summary>A question with more than one such option. Counts questions.</summary>
    SeveralRefusalOptions,
    /// <summary>An option worded like don't know or refused that the file does not mark as one. Counts options.</summary>
    UnmarkedRefusal,
    /// <summary>A person's answer that is none of the options. Counts answers.</summary>
    ForeignAnswer,
    /// <summary>An option with a comma, a quotation mark, an apostrophe or a backslash. Counts options.</summary>
    PunctuatedOption,
    /// <summary>An option with characters outside ASCII. Counts options.</summary>
    NonAsciiOption,
    /// <summary>An option that is the same as another of its question. Counts options.</summary>
    RepeatedOption,
    /// <summary>An option that begins or ends with blanks or line breaks. Counts options.</summary>
    BlankAroundOption,
    /// <summary>An option of a scale whose place another one has too. Counts options.</summary>
    SharedScaleValue,
    /// <summary>A label of a country or group that begins or ends with blanks. Counts distributions.</summary>
    BlankAroundLabel,
    /// <summary>A control character in a question or an option, which no terminal and few tokenisers show. Counts texts.</summary>
    ControlCharacter,
    /// <summary>A question, an option or a label that is what programs write for a missing value, such as nan. Counts texts.</summary>
    MissingValueAsText,
    /// <summary>A column of the file that is not read. Counts columns.</summary>
    UnreadColumn,
    /// <summary>A question text with characters outside ASCII. Counts questions.</summary>
    NonAsciiText,
    /// <summary>A question text with line breaks. Counts questions.</summary>
    LineBreakInText,
    /// <summary>A question text that begins or ends with blanks or line breaks. Counts questions.</summary>
    BlankAroundText,
    /// <summary>A question text with a gap written as underscores. Counts questions.</summary>
    GapInText,
    /// <summary>A question text with an ellipsis. Counts questions.</summary>
    EllipsisInText,
    /// <summary>Question texts that are equal but for blanks around them. Counts groups.</summary>
    DuplicateText,
    /// <summary>Question texts that are equal but for case, punctuation and blanks. Counts groups.</summary>
    NearDuplicateText,
}
