using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Translations;

/// <summary>English names of languages, as an instruction to a model says them.</summary>
static class LanguageNames
{
    // Of every language that a prompt's frame is in. Not the system's table: it differs between machines, and the same draft must come out
    // on all.
    static readonly Dictionary<string, string> s_names = new()
    {
        ["ar"] = "Arabic",
        ["bn"] = "Bengali",
        ["de"] = "German",
        ["el"] = "Greek",
        ["en"] = "English",
        ["es"] = "Spanish",
        ["fa"] = "Persian",
        ["fr"] = "French",
        ["he"] = "Hebrew",
        ["hi"] = "Hindi",
        ["id"] = "Indonesian",
        ["it"] = "Italian",
        ["ja"] = "Japanese",
        ["ko"] = "Korean",
        ["nl"] = "Dutch",
        ["pl"] = "Polish",
        ["pt"] = "Portuguese",
        ["pt-BR"] = "Brazilian Portuguese",
        ["ru"] = "Russian",
        ["sw"] = "Swahili",
        ["th"] = "Thai",
        ["tr"] = "Turkish",
        ["uk"] = "Ukrainian",
        ["ur"] = "Urdu",
        ["vi"] = "Vietnamese",
        ["zh"] = "Chinese",
        ["zh-Hans"] = "Simplified Chinese",
        ["zh-Hant"] = "Traditional Chinese",
    };

    /// <summary>The name; for any other language its tag, which models have seen too.</summary>
    public static string Of(string tag) =>
        s_names.GetValueOrDefault(tag) ?? (s_names.TryGetValue(LanguageTag.Primary(tag), out var name)
            ? $"{name} ({tag})"
            : $"the language with the tag {tag}");
}
