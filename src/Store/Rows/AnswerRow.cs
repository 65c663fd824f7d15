namespace LocalOpinions.Store;

/// <summary>A model's answer to one question in one order of its options.</summary>
/// <remarks>The three arrays are by position: entry 0 belongs to label A, entry 1 to label B, and so on.</remarks>
/// <param name="RunId">A run that <see cref="ResultsFile.BeginRun"/> began.</param>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="OrderIndex">0-based number of the option order within the question.</param>
/// <param name="LabelMass">Probability of all labels together under the full vocabulary, 0 to 1; NaN where it is not known, as with some imports.</param>
/// <param name="OffMenu">1 - label mass; NaN together with it.</param>
/// <param name="TokenCount">Tokens of the prompt; 0 where another program asked.</param>
/// <param name="Boundary">"natural", or "forced" where prompt and label would have merged into one token.</param>
/// <param name="Options">Per position, the option that stood there: its 0-based place in the survey. Each option once.</param>
/// <param name="LogProbs">Per position, the natural log of the probability of its label, or of its text, under the full vocabulary; empty where the label mass is not known.</param>
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
    double[] Probs)
{
    /// <summary>What else is known where the options' texts were read; null where labels were. Not read back by <see cref="ResultsFile.ReadAnswers"/>.</summary>
    public OptionTextRow? Texts { get; init; }
}

/// <summary>What the scores of an answer's texts are made of, by position.</summary>
/// <param name="Tokens">Tokens of each text.</param>
/// <param name="Bytes">Bytes of each text in UTF-8.</param>
/// <param name="DomainLogProbs">Natural log of each text's probability behind the domain prompt; null where it was not read there.</param>
public sealed record OptionTextRow(int[] Tokens, int[] Bytes, double[]? DomainLogProbs);

/// <summary>A question that could not be answered, in whatever order of its options.</summary>
/// <param name="RunId">A run that <see cref="ResultsFile.BeginRun"/> began.</param>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="Reason">Why, as a sentence for people.</param>
public sealed record UnansweredRow(int RunId, int SourceRow, string Reason);
