using LocalOpinions.Engine;
using LocalOpinions.Engine.Chat;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Prompts;

/// <summary>
/// Turns prompts into tokens of a model, laid out and with what is read behind them as the way of asking wants it. Thread-safe.
/// </summary>
sealed class PromptTokenizer(PromptTarget model, PromptDesign design)
{
    readonly LabelReader _labels = new(model.Vocabulary);
    readonly OptionTextReader _texts = new(model.Vocabulary);
    readonly SaidNumberReader _numbers = new(model.Vocabulary);
    // Asked for with every prompt, and each looked up by the whole template.
    readonly Lazy<ChatFormat> _alone = new(() => model.Chat(design.Choice.Chat(hasSystem: false))),
        _withSystem = new(() => model.Chat(design.Choice.Chat(hasSystem: true)));
    readonly LabelBoundary _boundary = design.Choice.Ending == PromptEnding.Paren ? LabelBoundary.Paren : LabelBoundary.Space;

    /// <exception cref="EngineException">Kind <see cref="EngineError.Prompt"/>: this model cannot be asked so, or not at such
    /// length.</exception>
    public TokenizedPrompt Read(Prompt prompt)
    {
        var read = design.Choice.Reading switch
        {
            AnswerReading.Labels => _labels.Read(0, Lay(prompt), prompt.Labels, _boundary),
            AnswerReading.Text => _texts.Read(0, Lay(prompt), prompt.Options, Domain(prompt)),
            AnswerReading.Verbalised => _numbers.Read(0, Lay(prompt), prompt.Said),
            _ => ToBeWrittenOn(Lay(prompt)),
        };
        return read.LongestPath <= model.ContextLength
            ? read
            : throw new EngineException(EngineError.Prompt,
                $"its prompt of {read.LongestPath:N0} tokens is longer than the model's context of {model.ContextLength:N0}");
    }

    TokenizedPrompt ToBeWrittenOn(PromptText prompt)
    {
        var (tokens, most) = (model.Vocabulary.Tokenize(prompt), design.Choice.Writing.Tokens);
        return tokens.Length + most <= model.ContextLength
            ? new(0, tokens, [], ForcedBoundary: false) { Text = prompt.ToString() }
            : throw new EngineException(EngineError.Prompt, $"its prompt of {tokens.Length:N0} tokens and {most:N0} written behind it are "
                + $"longer than the model's context of {model.ContextLength:N0}");
    }

    /// <summary>The whole prompt, its turns laid out.</summary>
    public PromptText Lay(Prompt prompt) => ChatOf(prompt) is { } chat
        ? chat.Write(model.Vocabulary, prompt.Message, prompt.Opening, prompt.System)
        : prompt.Text;

    /// <summary>The prompt without the closing words: how the answer begins is the model's to say.</summary>
    public PromptText LayFree(Prompt prompt) => ChatOf(prompt) is { } chat
        ? chat.Write(model.Vocabulary, prompt.Message, "", prompt.System)
        : $"{(prompt.System is { } system ? $"{system}\n\n" : "")}Human: {prompt.Message}\n\nAssistant:";

    /// <summary>The closing words alone: what an option owes to its wording, it owes behind them too.</summary>
    PromptText Domain(Prompt prompt) => ChatOf(prompt) is { } chat ? chat.WriteOpening(model.Vocabulary, prompt.Opening)
        : "Assistant: " + prompt.Opening;

    // The model's own layout; null where turns are laid out as text.
    ChatFormat? ChatOf(Prompt prompt) => design.Choice.Layout != TurnLayout.Chat ? null
        : prompt.System is null ? _alone.Value : _withSystem.Value;
}
