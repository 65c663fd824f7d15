using System.Text;
using LLama.Native;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Engine.Chat;

/// <summary>What a model's file says of how to talk with it.</summary>
public static unsafe class ModelChat
{
    /// <summary>The model's chat layout.</summary>
    /// <exception cref="EngineException">Kind <see cref="EngineError.ModelUnusable"/>: the file carries no template, or one of no known
    /// family.</exception>
    public static ChatFormat ChatFormat(this Model model) => model.Header.ChatFormat(model.File);

    /// <summary>The chat layout of a model that need not be loaded.</summary>
    /// <exception cref="EngineException">Kind <see cref="EngineError.ModelUnusable"/>: the file carries no template, or one of no known
    /// family.</exception>
    public static ChatFormat ChatFormat(this ModelHeader header, ModelFile file) => header.ChatTemplate is not { Length: > 0 } template
        ? throw Unusable(file, "its file carries no chat template, so it is probably a base model")
        : ChatFormats.Recognise(template) ?? throw Unusable(
            file, $"its chat template is none of the known families ({string.Join(", ", ChatFormats.Families)})");

    /// <summary>
    /// What llama.cpp's own layouts make of one message: a cross-check, since they leave out what the file's template adds.
    /// </summary>
    /// <returns>Null where llama.cpp does not know the template.</returns>
    internal static string? Apply(string template, string message)
    {
        fixed (byte* t = Terminated(template), role = Terminated("user"), content = Terminated(message))
        {
            var turn = new LLamaChatMessage { role = role, content = content };
            var buffer = new byte[2 * Encoding.UTF8.GetByteCount(message) + 4096];
            fixed (byte* target = buffer)
            {
                var length = NativeApi.llama_chat_apply_template(t, &turn, 1, true, target, buffer.Length);
                return length < 0 ? null : Encoding.UTF8.GetString(buffer, 0, length);
            }
        }
    }

    static EngineException Unusable(ModelFile file, string why) =>
        new(EngineError.ModelUnusable, $"{file.Path} cannot be asked in its own chat layout: {why}. Use the plain layout.")
        {
            Remedy = EngineRemedy.PlainLayout,
        };

    static byte[] Terminated(string text) => [.. Encoding.UTF8.GetBytes(text), 0];
}
