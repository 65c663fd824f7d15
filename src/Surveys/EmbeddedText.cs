namespace LocalOpinions.Surveys;

/// <summary>The tables that are part of the program: lines of text, those that begin with # being comments.</summary>
static class EmbeddedText
{
    public static IEnumerable<string> Lines(string resource)
    {
        using var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                yield return line;
        }
    }
}
