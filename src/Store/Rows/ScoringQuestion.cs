namespace LocalOpinions.Store.Rows;

/// <summary>An answered question and the people's answers to compare it with.</summary>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="Probs">The model's probability per option of the survey: the mean over the orders in which the options were put.</param>
/// <param name="Humans">One entry per country that was asked, by rising country number; may be empty.</param>
sealed record ScoringQuestion(int SourceRow, double[] Probs, IReadOnlyList<CountryAnswer> Humans);

/// <summary>How the people of one country answered one question.</summary>
/// <param name="CountryId">The country label's number in this file.</param>
/// <param name="Country">The label as the survey writes it.</param>
/// <param name="Probabilities">One share per option.</param>
public sealed record CountryAnswer(int CountryId, string Country, double[] Probabilities);

/// <summary>How far a model's answer is from a country's.</summary>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="CountryId">From <see cref="CountryAnswer.CountryId"/>.</param>
/// <param name="JsBits">Jensen-Shannon divergence in bits, 0 to 1.</param>
sealed record SimilarityRow(int SourceRow, int CountryId, double JsBits);
