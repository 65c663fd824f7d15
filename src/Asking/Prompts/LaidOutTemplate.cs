using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Engine.Chat;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Prompts;

/// <summary>What identifies a template together with the layout of its turns.</summary>
/// <param name="Name">The template's name; with "-chat" in a model's own layout.</param>
/// <param name="Version">The template's version; with the first digits of the layout's hash.</param>
/// <param name="Sha256">The template's hash; in a model's own layout, SHA-256 of the template's and the layout's hash, one behind the other
/// as text.</param>
public sealed record LaidOutTemplate(string Name, string Version, string Sha256)
{
    const int DigitsShown = 8;

    /// <param name="template">The template.</param>
    /// <param name="chat">The model's own layout; null where turns are laid out as text.</param>
    public static LaidOutTemplate Of(Template template, ChatLayout? chat)
    {
        if (chat is null)
            return Of(template.Name, template.Version, template.Sha256, null);
        return Of(template.Name, template.Version, template.Sha256, FormatOf(template, chat).Sha256);
    }

    /// <summary>The layout of a template's prompts.</summary>
    /// <param name="template">The template.</param>
    /// <param name="chat">The model's own layouts.</param>
    public static ChatFormat FormatOf(Template template, ChatLayout chat) => (template.HasSystem ? chat.WithSystem : chat.Alone)
        ?? throw new ArgumentException("the layout was not read for such a template", nameof(chat));

    /// <summary>The same of any wording.</summary>
    /// <param name="name">The wording's name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="sha256">Its hash.</param>
    /// <param name="layout">The hash of the model's own layout; null where turns are laid out as text.</param>
    public static LaidOutTemplate Of(string name, int version, string sha256, string? layout) => layout is null
        ? new(name, version.ToString(CultureInfo.InvariantCulture), sha256)
        : new($"{name}-chat", $"{version} {layout[..DigitsShown]}",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(sha256 + layout))));
}
