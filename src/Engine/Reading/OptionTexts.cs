namespace LocalOpinions.Engine.Reading;

/// <summary>
/// Whole texts whose probability after a prompt is read, token by token: the options themselves, or labels that one token cannot spell.
/// </summary>
/// <param name="Tokens">Per option the tokens of its text at the prompt's end; none empty.</param>
/// <param name="Bytes">Per option the UTF-8 bytes of its text.</param>
/// <param name="Domain">
/// The tokens of a prompt that asks nothing in particular and ends as the prompt does, after which the same texts are read too: what they
/// owe to their wording alone (arXiv 2104.08315). Empty where that is not wanted.
/// </param>
public sealed record OptionTexts(int[][] Tokens, int[] Bytes, int[] Domain);

/// <summary>How an option's score is made of its text's probability. The answer is the softmax of the scores.</summary>
public enum TextScore
{
    /// <summary>The log-probability of the text: the sum over its tokens.</summary>
    Sum,

    /// <summary>The mean over its tokens.</summary>
    Mean,

    /// <summary>The sum divided by the number of bytes.</summary>
    Bytes,

    /// <summary>The sum less that after the domain prompt: pointwise mutual information (arXiv 2104.08315).</summary>
    Pmi,
}

/// <summary>What a model gave the texts of a prompt's options.</summary>
/// <param name="Tokens">Per option the number of its tokens.</param>
/// <param name="Bytes">Per option the number of its bytes.</param>
/// <param name="DomainLogProbabilities">Per option the natural log of its text's probability after the domain prompt; null where there is
/// none.</param>
public sealed record TextFacts(int[] Tokens, int[] Bytes, double[]? DomainLogProbabilities);
