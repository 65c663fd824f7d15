using System.Text;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Wordings;

/// <summary>What a file of wordings begins with, and its schema.</summary>
public static class WordingStarter
{
    /// <summary>A file with the wordings in the program and one more, with a comment on every field; it can be used as it is.</summary>
    public static byte[] Example()
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(SurveyStarter.Bytes("wordings-starter.yaml")));
        foreach (var wording in BuiltInWordings.All)
        {
            text.Append($"\n  - name: {wording.Name}\n");
            Write(text, "message", wording.Message);
            Write(text, "message_for", wording.MessageFor);
            Write(text, "opening", wording.Opening);
            Write(text, "opening_for", wording.OpeningFor);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The JSON Schema (2020-12) of files of wordings.</summary>
    public static byte[] Schema() => SurveyStarter.Bytes("wordings.schema.json");

    static void Write(StringBuilder text, string field, string? value)
    {
        if (value is null)
            return;
        text.Append($"    {field}: |-\n");
        foreach (var line in value.Split('\n'))
            text.Append(line.Length == 0 ? "\n" : $"      {line}\n");
    }
}
