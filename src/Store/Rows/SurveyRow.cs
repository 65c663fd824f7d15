namespace LocalOpinions.Store.Rows;

/// <summary>A survey file.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Path">Where it was when it was added.</param>
/// <param name="Sha256">SHA-256 of the file's bytes, lower-case hexadecimal: the survey's identity.</param>
/// <param name="Notice">Terms or warnings that belong beside every number of this survey; null where there are none.</param>
/// <param name="TopicTable">Name and version of the keyword table that gave the questions their topics; null where none did.</param>
public sealed record SurveyRow(string Name, string Path, string Sha256, string? Notice = null, string? TopicTable = null)
{
    /// <summary>BCP 47 tag of the language of the questions.</summary>
    public string Language { get; init; } = "en";

    /// <summary>"keep", "drop", or "separate": options of the kind "refusal" then count in no comparison, but are kept apart.</summary>
    public string Refusals { get; init; } = "keep";

    /// <summary>What was decided about the figures; each policy once.</summary>
    public IReadOnlyList<PolicyRow> Policies { get; init; } = [];
}

/// <summary>What is done with some figures of a survey.</summary>
/// <param name="Policy">The policy's name, for example "refusals".</param>
/// <param name="Choice">What is done, for example "keep".</param>
/// <param name="Affected">How many things it concerns.</param>
/// <param name="Unit">What is counted: "options" or "distributions".</param>
public sealed record PolicyRow(string Policy, string Choice, int Affected, string Unit);

/// <summary>A question of a survey.</summary>
/// <param name="SourceRow">0-based row in the survey file, unique in the survey.</param>
/// <param name="Source">Which study it comes from.</param>
/// <param name="Text">The question, verbatim; may be empty.</param>
/// <param name="Options">The options' texts, verbatim and in the file's order.</param>
/// <param name="Humans">How the people of each country answered; a country that was not asked has no entry.</param>
public sealed record QuestionRow(int SourceRow, string Source, string Text, IReadOnlyList<string> Options, IReadOnlyList<HumanRow> Humans)
{
    /// <summary>What the question is about; each at most once.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Questions with the same number are one item family; null where the question stands alone.</summary>
    public int? Family { get; init; }

    /// <summary>What the survey calls the question, unique; null for its source row.</summary>
    public string? Id { get; init; }

    /// <summary>One kind per option: "refusal", "ordered", "nominal", "total" or "unknown"; empty for all unknown.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>An ordered option's place on its scale, null for the others; empty for all null.</summary>
    public IReadOnlyList<double?> ScaleValues { get; init; } = [];

    /// <summary>The kind of an option, by its 0-based place.</summary>
    public string KindOf(int option) => Kinds.Count == 0 ? "unknown" : Kinds[option];
}

/// <summary>How the people of one country answered one question.</summary>
/// <param name="Country">The country's label, one of the survey's <see cref="CountryRow"/>s.</param>
/// <param name="Probabilities">One share per option, each at least 0, summing to 1.</param>
/// <param name="Respondents">How many people were asked; null where the survey does not say.</param>
public sealed record HumanRow(string Country, double[] Probabilities, int? Respondents = null);

/// <summary>A country label of a survey.</summary>
/// <param name="Label">As the survey writes it; unique in the survey.</param>
/// <param name="Name">The country's usual name.</param>
/// <param name="Iso3">ISO 3166-1 alpha-3 code for the map; null where the label is no country.</param>
/// <param name="SampleKind">For example "national" or "non-national".</param>
/// <param name="Region">Region of the UN M49 list; null where the label is no country.</param>
/// <param name="Subregion">Sub-region of the UN M49 list; null where the label is no country.</param>
/// <param name="Wave">The survey's wave or year, as it calls it; null where it does not say.</param>
public sealed record CountryRow(string Label, string Name, string? Iso3, string SampleKind, string? Region = null, string? Subregion = null,
    string? Wave = null);
