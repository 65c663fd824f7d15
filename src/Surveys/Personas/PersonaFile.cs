using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Personas;

/// <summary>Files of personas: YAML, JSON or CSV. docs/wordings.md describes them.</summary>
public static class PersonaFile
{
    /// <summary>The format's name, which a YAML file states.</summary>
    public const string Format = "localopinions-personas/1";

    /// <summary>The most personas of a file.</summary>
    public const int MostPersonas = 10_000;

    static readonly string[] s_fields = ["name", "words", "country", "weight", "age", "gender", "education", "place"];

    /// <summary>Loads a file's personas, in its order.</summary>
    /// <exception cref="SurveyException">It cannot be read, or a persona cannot be used; the message names the line.</exception>
    public static IReadOnlyList<Persona> Load(string path) => Read(SurveyFile.Read(path), path);

    /// <summary>The same of bytes that are in no file yet.</summary>
    /// <param name="utf8">A file's bytes.</param>
    /// <param name="path">The file that they are of, for messages.</param>
    /// <exception cref="SurveyException">Something in them cannot be used.</exception>
    public static IReadOnlyList<Persona> Read(byte[] utf8, string path)
    {
        var isCsv = Path.GetExtension(path).ToLowerInvariant() is not (".yaml" or ".yml" or ".json");
        List<PersonaDraft> drafts = [.. isCsv ? Rows(utf8, path) : Items(utf8, path)];
        if (drafts.Count is 0 or > MostPersonas)
            throw new SurveyException(new(path), $"{drafts.Count} personas", $"Give 1 to {MostPersonas:N0}");
        List<Persona> personas = [];
        HashSet<string> names = [];
        foreach (var draft in drafts)
        {
            var persona = draft.Read();
            if (!names.Add(persona.Name))
                throw draft.Wrong($"two personas are called {persona.Name}",
                    "Name each differently: results tell them apart by their names");
            personas.Add(persona);
        }
        return personas;
    }

    static IEnumerable<PersonaDraft> Rows(byte[] utf8, string path)
    {
        var columns = CsvTable.Header(utf8, path);
        if (columns.FirstOrDefault(c => !s_fields.Contains(c)) is { } unknown)
            throw new SurveyException(new(path, Line: 1), $"personas have no column \"{unknown}\"",
                $"The columns are {string.Join(", ", s_fields)}; put whatever else a prompt should say into words");
        foreach (var row in CsvTable.Read(utf8, path, columns))
            yield return new(row.Place, name => Array.IndexOf(columns, name) is >= 0 and var at ? row[at] : null);
    }

    static IEnumerable<PersonaDraft> Items(byte[] utf8, string path)
    {
        var file = YamlFile.Read(utf8, path).Fields("the file of personas", "format", "personas");
        var format = file.Required("format");
        if (format.Text("format") != Format)
            throw format.Wrong($"the format is \"{format.Node}\"", $"This version reads {Format}");
        foreach (var item in file.Required("personas").Items("personas"))
        {
            var fields = item.Fields("a persona", s_fields);
            yield return new(item.Place, name => fields[name]?.AnyText(name));
        }
    }
}
