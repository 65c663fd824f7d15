using System.Text;

namespace LocalOpinions.Surveys.Geography;

/// <summary>What two spellings of one country's name have in common: letters and digits, whatever their case, accents and signs.</summary>
static class CountryKey
{
    // Every letter with a mark that stands in a name of a country in a language of the Latin script, or near it on a keyboard. The program
    // runs without the tables of Unicode by which marks are told from letters.
    static readonly Dictionary<char, char> s_plain = new[]
    {
        "aàáâãäåāăąǎ", "cçćĉċč", "dďđ", "eèéêëēĕėęě", "gĝğġģ", "hĥħ", "iìíîïĩīĭįı", "jĵ", "kķ", "lĺļľł", "nñńņňŋ", "oòóôõöøōŏőơ", "rŕŗř",
        "sśŝşšș", "tţťŧț", "uùúûüũūŭůűųư", "wŵ", "yýÿŷ", "zźżž",
    }.SelectMany(letters => letters.Skip(1).Select(marked => (marked, letters[0]))).ToDictionary();

    /// <summary>
    /// Words of letters and digits, one blank apart, without articles, which the standard puts in brackets: "cote divoire", "saint lucia",
    /// "bahamas".
    /// </summary>
    public static string Of(string name)
    {
        var key = new StringBuilder();
        foreach (var c in name.ToLowerInvariant().Replace("&", " and "))
        {
            // Combining marks and what stands inside words part nothing.
            if (c is '.' or '\'' or '’' or '‘' or '`' or (>= '\u0300' and <= '\u036f'))
                continue;
            key.Append(char.IsLetterOrDigit(c) ? s_plain.GetValueOrDefault(c, c) : ' ');
        }
        string[] words = [.. key.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w == "st" ? "saint" : w)];
        return string.Join(' ', words.Length == 1 ? words : words.Where(w => w != "the"));
    }
}
