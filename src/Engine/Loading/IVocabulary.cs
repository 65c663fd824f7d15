namespace LocalOpinions.Engine.Loading;

/// <summary>A model's tokens, wherever the model is: what prompts and labels are proven by. Thread-safe.</summary>
public interface IVocabulary
{
    /// <summary>The text of the start token that the vocabulary puts first by itself; null where it puts none.</summary>
    string? Start { get; }

    /// <summary>Turns a prompt into token ids, with the model's own start token where it wants one, and no end token.</summary>
    /// <remarks>Text that looks like a control token is tokenised as text: a survey can never steer a model.</remarks>
    /// <exception cref="EngineException">Kind <see cref="EngineError.Prompt"/>: the vocabulary cannot write the prompt, or cannot help
    /// reading a piece of its text as a token that means more than its text.</exception>
    int[] Tokenize(PromptText prompt);

    /// <summary>The tokens of a text that stands by itself, without a start token.</summary>
    /// <exception cref="EngineException">As for <see cref="Tokenize"/>.</exception>
    int[] TokenizeAlone(string text);

    /// <summary>The text of a token.</summary>
    string Piece(int token);

    /// <summary>The ids of ordinary tokens whose text is exactly this, one or two characters long.</summary>
    ReadOnlySpan<int> WithText(string piece);

    /// <summary>
    /// A text in pieces, in which the names of control tokens stand for them; of overlapping names the first and longest.
    /// </summary>
    /// <param name="text">A program's text, as a layout; never a survey's.</param>
    IReadOnlyList<PromptPiece> Marked(string text);
}
