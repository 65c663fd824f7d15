using System.Collections.Concurrent;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Engine.Chat;

/// <summary>What a model's file says of how to talk with it.</summary>
public static class ModelChat
{
    static readonly ConcurrentDictionary<(string Template, ChatChoice Choice), Lazy<ChatFormat>> s_read = [];

    /// <summary>The model's chat layout.</summary>
    /// <inheritdoc cref="ChatFormat(ModelHeader, ModelFile, ChatChoice)"/>
    public static ChatFormat ChatFormat(this Model model, ChatChoice? choice = null) => model.Header.ChatFormat(model.File, choice);

    /// <summary>The chat layout of a model that need not be loaded, read off the template in its file.</summary>
    /// <param name="header">What the file says of itself.</param>
    /// <param name="file">The file.</param>
    /// <param name="choice">What is asked besides; the file's own tokens are added. Null for nothing.</param>
    /// <exception cref="EngineException">Kind <see cref="EngineError.ModelUnusable"/>: the file carries no template, or one that lays out
    /// no such talk, changes what is said, or does not end.</exception>
    public static ChatFormat ChatFormat(this ModelHeader header, ModelFile file, ChatChoice? choice = null)
    {
        var asked = (choice ?? new()) with { StartToken = header.StartToken, EndToken = header.EndToken };
        return Of(header.ChatTemplate, asked, file.Path);
    }

    /// <summary>The chat layout that a template gives, wherever it comes from.</summary>
    /// <param name="template">The template; null or empty where the model has none.</param>
    /// <param name="asked">What is asked, with the model's own tokens.</param>
    /// <param name="model">What the model is called in errors.</param>
    /// <inheritdoc cref="ChatFormat(ModelHeader, ModelFile, ChatChoice)"/>
    public static ChatFormat Of(string? template, ChatChoice asked, string model)
    {
        if (template is not { Length: > 0 })
            throw Unusable(model, "it carries no chat template, so it is probably a base model. Use the plain layout");
        try
        {
            return s_read.GetOrAdd((template, asked), key => new(() => Read(key.Template, key.Choice))).Value;
        }
        catch (ChatTemplateException e) when (asked.Date is null && template.Contains(ChatTemplate.Clock, StringComparison.Ordinal))
        {
            throw Unusable(model, $"its chat template asks for the date and is told none ({e.Message}). Name a day", EngineRemedy.NameDate);
        }
        catch (ChatTemplateException e) when (asked.HasSystem && Takes(template, asked with { HasSystem = false }))
        {
            throw Unusable(model, $"of its chat template: {e.Message}. Leave the system message out, or use the plain layout",
                EngineRemedy.NoSystemOrPlainLayout);
        }
        catch (ChatTemplateException e)
        {
            throw Unusable(model, $"of its chat template: {e.Message}. Use the plain layout");
        }
    }

    /// <summary>The layout that a template gives.</summary>
    /// <exception cref="ChatTemplateException">It gives none.</exception>
    internal static ChatFormat Read(string template, ChatChoice choice) => ChatLayoutReader.Read(template, choice);

    static bool Takes(string template, ChatChoice choice)
    {
        try
        {
            _ = Read(template, choice);
            return true;
        }
        catch (ChatTemplateException)
        {
            return false;
        }
    }

    static EngineException Unusable(string model, string why, EngineRemedy remedy = EngineRemedy.PlainLayout) =>
        new(EngineError.ModelUnusable, $"{model} cannot be asked in its own chat layout: {why}.") { Remedy = remedy };
}
