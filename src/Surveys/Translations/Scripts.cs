using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Translations;

/// <summary>Writing systems, as far as translations are checked for them.</summary>
enum Script
{
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Devanagari,
    Bengali,
    Tamil,
    Thai,
    Armenian,
    Georgian,
    Ethiopic,
    Hangul,
    Japanese,
    Han,
}

/// <summary>Which script a language is written in and a letter belongs to.</summary>
static class Scripts
{
    static readonly Dictionary<string, Script> s_byTag = new()
    {
        ["Latn"] = Script.Latin,
        ["Cyrl"] = Script.Cyrillic,
        ["Grek"] = Script.Greek,
        ["Arab"] = Script.Arabic,
        ["Hebr"] = Script.Hebrew,
        ["Deva"] = Script.Devanagari,
        ["Beng"] = Script.Bengali,
        ["Taml"] = Script.Tamil,
        ["Thai"] = Script.Thai,
        ["Armn"] = Script.Armenian,
        ["Geor"] = Script.Georgian,
        ["Ethi"] = Script.Ethiopic,
        ["Kore"] = Script.Hangul,
        ["Jpan"] = Script.Japanese,
        ["Hans"] = Script.Han,
        ["Hant"] = Script.Han,
        ["Hani"] = Script.Han,
    };

    // Usual scripts; a language that is not here, or is written in several, is checked only where its tag names the script.
    static readonly Dictionary<string, Script> s_byLanguage = new()
    {
        ["ru"] = Script.Cyrillic,
        ["uk"] = Script.Cyrillic,
        ["be"] = Script.Cyrillic,
        ["bg"] = Script.Cyrillic,
        ["mk"] = Script.Cyrillic,
        ["ky"] = Script.Cyrillic,
        ["tg"] = Script.Cyrillic,
        ["mn"] = Script.Cyrillic,
        ["el"] = Script.Greek,
        ["ar"] = Script.Arabic,
        ["fa"] = Script.Arabic,
        ["ur"] = Script.Arabic,
        ["he"] = Script.Hebrew,
        ["hi"] = Script.Devanagari,
        ["mr"] = Script.Devanagari,
        ["ne"] = Script.Devanagari,
        ["bn"] = Script.Bengali,
        ["ta"] = Script.Tamil,
        ["th"] = Script.Thai,
        ["hy"] = Script.Armenian,
        ["ka"] = Script.Georgian,
        ["am"] = Script.Ethiopic,
        ["ko"] = Script.Hangul,
        ["ja"] = Script.Japanese,
        ["zh"] = Script.Han,
        ["en"] = Script.Latin,
        ["tr"] = Script.Latin,
        ["es"] = Script.Latin,
        ["fr"] = Script.Latin,
        ["de"] = Script.Latin,
        ["pt"] = Script.Latin,
        ["it"] = Script.Latin,
        ["nl"] = Script.Latin,
        ["pl"] = Script.Latin,
        ["cs"] = Script.Latin,
        ["sk"] = Script.Latin,
        ["hu"] = Script.Latin,
        ["ro"] = Script.Latin,
        ["sv"] = Script.Latin,
        ["da"] = Script.Latin,
        ["nb"] = Script.Latin,
        ["fi"] = Script.Latin,
        ["et"] = Script.Latin,
        ["lv"] = Script.Latin,
        ["lt"] = Script.Latin,
        ["id"] = Script.Latin,
        ["ms"] = Script.Latin,
        ["vi"] = Script.Latin,
        ["sw"] = Script.Latin,
        ["fil"] = Script.Latin,
        ["tl"] = Script.Latin,
        ["ha"] = Script.Latin,
        ["yo"] = Script.Latin,
        ["az"] = Script.Latin,
        ["ca"] = Script.Latin,
    };

    // First and last letter of each block; ASCII, Latin-1 and the Latin extensions are Latin.
    static readonly (int First, int Last, Script Script)[] s_blocks =
    [
        (0x0041, 0x024F, Script.Latin), (0x0370, 0x03FF, Script.Greek), (0x0400, 0x052F, Script.Cyrillic),
        (0x0531, 0x058F, Script.Armenian), (0x0590, 0x05FF, Script.Hebrew),
        (0x0600, 0x06FF, Script.Arabic), (0x0750, 0x077F, Script.Arabic), (0x0900, 0x097F, Script.Devanagari),
        (0x0980, 0x09FF, Script.Bengali), (0x0B80, 0x0BFF, Script.Tamil), (0x0E00, 0x0E7F, Script.Thai),
        (0x10A0, 0x10FF, Script.Georgian), (0x1100, 0x11FF, Script.Hangul), (0x1200, 0x139F, Script.Ethiopic),
        (0x1E00, 0x1EFF, Script.Latin), (0x1F00, 0x1FFF, Script.Greek), (0x3040, 0x30FF, Script.Japanese),
        (0x3400, 0x9FFF, Script.Han), (0xAC00, 0xD7AF, Script.Hangul), (0xF900, 0xFAFF, Script.Han), (0xFB50, 0xFDFF, Script.Arabic),
        (0xFE70, 0xFEFF, Script.Arabic),
    ];

    /// <summary>The script that a tag names or its language is usually written in; null where that is not known.</summary>
    public static Script? Of(string tag)
    {
        var named = tag.Split('-').Skip(1).FirstOrDefault(p => p.Length == 4);
        return named is not null
            ? s_byTag.TryGetValue(named, out var script) ? script : null
            : s_byLanguage.TryGetValue(LanguageTag.Primary(tag), out var usual) ? usual : null;
    }

    public static string Name(Script script) => script.ToString();

    /// <summary>The share of a text's letters that belong to a script; null where the text has no letters.</summary>
    public static double? Share(string text, Script script)
    {
        int all = 0, fitting = 0;
        foreach (var letter in text.Where(char.IsLetter))
        {
            all++;
            var found = Of(letter);
            // Japanese is written in kana and Han.
            fitting += found == script || (script == Script.Japanese && found == Script.Han) ? 1 : 0;
        }
        return all == 0 ? null : (double)fitting / all;
    }

    /// <summary>A word in which Latin, Cyrillic or Greek letters stand together, which look alike; null where there is none.</summary>
    public static (string Text, char Letter, Script Script)? MixedWord(string text)
    {
        for (var from = 0; from < text.Length; from++)
        {
            if (!char.IsLetter(text[from]))
                continue;
            var to = from;
            while (to < text.Length && char.IsLetter(text[to]))
                to++;
            var word = text[from..to];
            var counts = word.Select(Of).OfType<Script>().Where(s => s is Script.Latin or Script.Cyrillic or Script.Greek).CountBy(s => s)
                .OrderBy(c => c.Value).ToList();
            if (counts.Count > 1)
            {
                var odd = word.First(c => Of(c) == counts[0].Key);
                return (word, odd, counts[0].Key);
            }
            from = to;
        }
        return null;
    }

    /// <summary>The script of a letter; null for those of the alphabets that are not here.</summary>
    public static Script? Of(char letter)
    {
        foreach (var (first, last, script) in s_blocks)
        {
            if (letter >= first && letter <= last)
                return script;
        }
        return null;
    }
}
