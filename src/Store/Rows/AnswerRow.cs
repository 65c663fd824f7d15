namespace LocalOpinions.Store.Rows;

/// <summary>A model's answer to one question in one order of its options.</summary>
/// <remarks>The three arrays are by position: entry 0 belongs to label A, entry 1 to label B, and so on.</remarks>
public sealed record AnswerRow
{
    /// <summary>A run that <see cref="ResultsFile.BeginRun"/> began.</summary>
    public required int RunId { get; init; }

    /// <summary>The question's row in the survey file.</summary>
    public required int SourceRow { get; init; }

    /// <summary>0-based number of the option order within the question.</summary>
    public required int OrderIndex { get; init; }

    /// <summary>
    /// Probability of all labels together under the full vocabulary, 0 to 1; NaN where it is not known, as with some imports.
    /// </summary>
    public required double LabelMass { get; init; }

    /// <summary>1 - label mass; NaN together with it.</summary>
    public required double OffMenu { get; init; }

    /// <summary>Tokens of the prompt; 0 where another program asked.</summary>
    public required int TokenCount { get; init; }

    /// <summary>"natural", or "forced" where prompt and label would have merged into one token.</summary>
    public required string Boundary { get; init; }

    /// <summary>Per position, the option that stood there: its 0-based place in the survey. Each option once.</summary>
    public required int[] Options { get; init; }

    /// <summary>
    /// Per position, the natural log of the probability of its label, or of its text, under the full vocabulary; empty where the label mass
    /// is not known.
    /// </summary>
    public required double[] LogProbs { get; init; }

    /// <summary>Per position, the probability renormalised over the labels; they sum to 1.</summary>
    public required double[] Probs { get; init; }

    /// <summary>
    /// What else is known where the options' texts were read; null where labels were. Not read back by
    /// <see cref="ResultsFile.ReadAnswers"/>.
    /// </summary>
    public OptionTextRow? Texts { get; init; }

    /// <summary>
    /// What of it is only a bound; null where all is known. Not read back by <see cref="ResultsFile.ReadAnswers"/>.
    /// </summary>
    public AnswerBounds? Bounds { get; init; }
}

/// <summary>Log-probabilities of an answer that are only the most that they can be.</summary>
/// <param name="Options">The options that they belong to, by place in the survey, rising; at least one.</param>
/// <param name="Mass">The sum of their probabilities, 0 to 1: the answer's label mass is at most so much too large.</param>
public sealed record AnswerBounds(int[] Options, double Mass);

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
