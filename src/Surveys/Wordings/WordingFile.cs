using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Wordings;

/// <summary>Files of wordings of one's own: YAML, or the same as JSON. docs/wordings.md describes them.</summary>
public static class WordingFile
{
    /// <summary>The format's name, which the file states.</summary>
    public const string Format = "localopinions-wordings/1";

    /// <summary>The most wordings of a file: each is a run of its own.</summary>
    public const int MostWordings = 200;

    /// <summary>Loads a file's wordings, in its order.</summary>
    /// <exception cref="SurveyException">It cannot be read, or a wording cannot be used; the message names line and column.</exception>
    public static IReadOnlyList<OwnWording> Load(string path) => Read(SurveyFile.Read(path, SurveyStep.StartWordings), path);

    /// <summary>The same of bytes that are in no file yet.</summary>
    /// <param name="utf8">A file's bytes.</param>
    /// <param name="path">The file that they are of, for messages.</param>
    /// <exception cref="SurveyException">Something in them cannot be used.</exception>
    public static IReadOnlyList<OwnWording> Read(byte[] utf8, string path)
    {
        var file = YamlFile.Read(utf8, path).Fields("the file of wordings", "format", "wordings");
        var format = file.Required("format");
        if (format.Text("format") != Format)
            throw format.Wrong($"the format is \"{format.Node}\"", $"This version reads {Format}");
        var items = file.Required("wordings").Items("wordings");
        if (items.Count is 0 or > MostWordings)
            throw file.Required("wordings").Wrong($"{items.Count} wordings", $"Give 1 to {MostWordings}");
        List<OwnWording> wordings = [];
        foreach (var item in items)
        {
            var (wording, name) = WordingReader.Read(item);
            if (wordings.Exists(w => w.Name == wording.Name))
                throw name.Wrong($"two wordings are called {wording.Name}",
                    "Name each differently: results tell them apart by their names");
            wordings.Add(wording);
        }
        return wordings;
    }
}
