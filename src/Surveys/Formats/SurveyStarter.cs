namespace LocalOpinions.Surveys.Formats;

/// <summary>What a survey of one's own begins with: a commented example, and the schema of the format for editors.</summary>
public static class SurveyStarter
{
    /// <summary>A small survey in the project's own format that loads as it is, with a comment on every field.</summary>
    public static byte[] Example() => Bytes("starter.yaml");

    /// <summary>The JSON Schema (2020-12) of surveys.</summary>
    public static byte[] Schema() => Bytes("survey.schema.json");

    /// <summary>The JSON Schema (2020-12) of translations.</summary>
    public static byte[] TranslationSchema() => Bytes("translation.schema.json");

    internal static byte[] Bytes(string resource)
    {
        using var stream = typeof(SurveyStarter).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
