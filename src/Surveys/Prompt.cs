namespace LocalOpinions.Surveys;

/// <summary>A question as it is put to a model.</summary>
/// <param name="SourceRow">The question's <see cref="Question.SourceRow"/>.</param>
/// <param name="Text">The whole text; the model's answer begins right behind its last character.</param>
/// <param name="Labels">One label per option, in the order in which the text lists the options: A, B, ...</param>
public sealed record Prompt(int SourceRow, string Text, IReadOnlyList<string> Labels);

/// <summary>Where the prompt stops, and so what the next token is.</summary>
public enum PromptEnding
{
    /// <summary>The text ends with a blank and an opening parenthesis; the next token is the bare letter.</summary>
    Paren,
    /// <summary>The text ends with its last word, without a blank; the next token is a blank and the letter.</summary>
    Space,
}
