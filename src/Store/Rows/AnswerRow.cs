namespace LocalOpinions.Store;

/// <summary>A model's answer to one question in one order of its options.</summary>
/// <remarks>The three arrays are by position: entry 0 belongs to label A, entry 1 to label B, and so on.</remarks>
/// <param name="RunId">A run that <see cref="ResultsFile.BeginRun"/> began.</param>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="OrderIndex">0-based number of the option order within the question.</param>
/// <param name="LabelMass">Probability of all labels together under the full vocabulary, 0 to 1.</param>
/// <param name="OffMenu">1 - label mass.</param>
/// <param name="TokenCount">Tokens of the prompt.</param>
/// <param name="Boundary">"natural", or "forced" where prompt and label would have merged into one token.</param>
/// <param name="Options">Per position, the option that stood there: its 0-based place in the survey. Each option once.</param>
/// <param name="LogProbs">Per position, the natural log of its label's probability under the full vocabulary.</param>
/// <param name="Probs">Per position, the probability renormalised over the labels; they sum to 1.</param>
public sealed record AnswerRow(
    int RunId,
    int SourceRow,
    int OrderIndex,
    double LabelMass,
    double OffMenu,
    int TokenCount,
    string Boundary,
    int[] Options,
    double[] LogProbs,
    double[] Probs);

/// <summary>A question that could not be answered, in whatever order of its options.</summary>
/// <param name="RunId">A run that <see cref="ResultsFile.BeginRun"/> began.</param>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="Reason">Why, as a sentence for people.</param>
public sealed record UnansweredRow(int RunId, int SourceRow, string Reason);
