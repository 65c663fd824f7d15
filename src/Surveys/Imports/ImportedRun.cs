using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Imports;

/// <summary>How another program asked a model.</summary>
public sealed record ImportedWay
{
    /// <summary>The name of a wording that a file does not name.</summary>
    public const string Unnamed = "imported";

    /// <summary>"default", "cross-national" or "linguistic".</summary>
    public required string Condition { get; init; }

    /// <summary>The country that the prompts named; null where they named none.</summary>
    public Country? Country { get; init; }

    /// <summary>BCP 47 tag of the prompts' language; null for the survey's own.</summary>
    public string? Language { get; init; }

    /// <summary>In which orders of the options it was asked; an answer that is given once is the mean over them.</summary>
    public string OptionOrder { get; init; } = OptionOrders.SurveysOwn;

    /// <summary>"none", or the control that the run is.</summary>
    public string Control { get; init; } = "none";

    /// <summary>What the file calls the wording of the prompts.</summary>
    public string Template { get; init; } = Unnamed;

    /// <summary>"labels", or which score of the options' whole texts.</summary>
    public string Reading { get; init; } = "labels";
}

/// <summary>A model's answers to a survey, asked in one way by another program.</summary>
/// <param name="Model">What the file calls the model.</param>
/// <param name="Way">How it was asked.</param>
/// <param name="Answers">By rising source row and order: one per question, or one per order of its options.</param>
public sealed record ImportedRun(string Model, ImportedWay Way, IReadOnlyList<ImportedAnswer> Answers);

/// <summary>An answer to one question: in one order of its options, or the mean over all.</summary>
public sealed record ImportedAnswer
{
    /// <summary>The question's row in the survey file.</summary>
    public required int SourceRow { get; init; }

    /// <summary>Which of the question's orders it is, from 0; null where the file does not tell orders apart.</summary>
    public int? OrderIndex { get; init; }

    /// <summary>Per position of that order the option that stood there; null where the file does not tell orders apart.</summary>
    public int[]? Order { get; init; }

    /// <summary>
    /// Under the control wrong-country, whom the prompt named in the place of the run's country; null where the file does not tell.
    /// </summary>
    public Country? NamedInstead { get; init; }

    /// <summary>One value per option in the survey's order, renormalised: they sum to 1.</summary>
    public required double[] Probabilities { get; init; }

    /// <summary>The probability outside the options, 0 to 1; null where the file does not tell.</summary>
    public required double? OffMenu { get; init; }

    /// <summary>
    /// Natural logarithms of the options' probabilities under the full vocabulary, as the file gives them; none where it does not.
    /// </summary>
    public required double[] LogProbabilities { get; init; }
}

/// <summary>An answer that lacks options or orders, and so cannot be compared.</summary>
/// <param name="Model">What the file calls the model.</param>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="Line">The line of the last of its options in the file.</param>
/// <param name="Missing">The options that it lacks, counted from 0.</param>
public sealed record IncompleteAnswer(string Model, int SourceRow, int? Line, IReadOnlyList<int> Missing)
{
    /// <summary>The orders of its options that are not there at all, counted from 0.</summary>
    public IReadOnlyList<int> MissingOrders { get; init; } = [];

    /// <summary>What it lacks, in words.</summary>
    public string Describe() => Missing.Count > 0 ? $"option {string.Join(", ", Missing)}" : $"order {string.Join(", ", MissingOrders)}";
}

/// <summary>What a file of option probabilities holds.</summary>
/// <param name="Runs">One per model and way of asking that has a whole answer, in the order of the file.</param>
/// <param name="SetAside">Answers that were left out.</param>
public sealed record ImportedFile(IReadOnlyList<ImportedRun> Runs, IReadOnlyList<IncompleteAnswer> SetAside);
