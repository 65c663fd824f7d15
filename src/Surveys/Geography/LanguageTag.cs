using System.Text.RegularExpressions;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Geography;

/// <summary>Language tags of BCP 47 as far as surveys need them: a language, and perhaps a script and a region.</summary>
public static partial class LanguageTag
{
    internal const string Remedy = "Write a tag of BCP 47, such as en, ru, zh-Hans or pt-BR";

    /// <summary>Tells whether a text is such a tag.</summary>
    public static bool IsOne(string text) => Shape().IsMatch(text);

    /// <summary>The language itself, without script and region: zh of zh-Hans.</summary>
    public static string Primary(string tag) => tag.Split('-')[0];

    internal static string? Read(YamlPart? part) =>
        part is not { } there ? null
        : IsOne(there.Text("language")) ? there.Text("language")
        : throw there.Wrong($"\"{there.Node}\" is no language tag", Remedy);

    [GeneratedRegex("^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
