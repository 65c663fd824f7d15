using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Imports;

/// <summary>A model's answers to a survey, asked in one way by another program.</summary>
/// <param name="Model">What the file calls the model.</param>
/// <param name="Condition">"default", "cross-national" or "linguistic".</param>
/// <param name="Country">The country that the prompts named; null where they named none.</param>
/// <param name="Answers">By rising source row, one per question.</param>
public sealed record ImportedRun(string Model, string Condition, Country? Country, IReadOnlyList<ImportedAnswer> Answers);

/// <summary>An answer to one question.</summary>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="Probabilities">One value per option in the survey's order, renormalised: they sum to 1.</param>
/// <param name="OffMenu">The probability outside the options, 0 to 1; null where the file does not tell.</param>
public sealed record ImportedAnswer(int SourceRow, double[] Probabilities, double? OffMenu);
