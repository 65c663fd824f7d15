using System.Text;

namespace LocalOpinions.Analysis.Texts;

/// <summary>Text from files on its way to a terminal or a page.</summary>
public static class PlainText
{
    /// <summary>The same without the control characters that would steer a terminal; line breaks and tabs stay.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(IsControl))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
            clean.Append(IsControl(c) ? ' ' : c);
        return clean.ToString();
    }

    static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
