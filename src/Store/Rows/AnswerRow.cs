namespace LocalOpinions.Store;

/// <summary>A model's answer to one question.</summary>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="LabelMass">Probability of all labels together under the full vocabulary, 0 to 1.</param>
/// <param name="OffMenu">1 - label mass.</param>
/// <param name="TokenCount">Tokens of the prompt.</param>
/// <param name="Boundary">"natural", or "forced" where prompt and label would have merged into one token.</param>
/// <param name="LogProbs">Per option, the natural log of its label's probability under the full vocabulary.</param>
/// <param name="Probs">Per option, the probability renormalised over the labels; they sum to 1.</param>
public sealed record AnswerRow(int SourceRow, double LabelMass, double OffMenu, int TokenCount, string Boundary, double[] LogProbs, double[] Probs);

/// <summary>A question that could not be answered.</summary>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="Reason">Why, as a sentence for people.</param>
public sealed record UnansweredRow(int SourceRow, string Reason);
