using System.Text.Json;

namespace LocalOpinions.Surveys;

/// <summary>The small survey that is part of the program, for demonstrations without a data set.</summary>
public static class SampleSurvey
{
    internal const string Resource = "sample.json";

    /// <summary>Loads the embedded sample.</summary>
    /// <returns>
    /// About two dozen questions in the project's own wording. Their human figures belong to questions of the Pew
    /// Global Attitudes Surveys in other words, as <see cref="Survey.Notice"/> says; <see cref="Question.SourceRow"/>
    /// names the row of GlobalOpinionQA.
    /// </returns>
    public static Survey Load()
    {
        var bytes = Bytes();
        var file = JsonSerializer.Deserialize<SampleFile>(bytes, JsonSerializerOptions.Web)!;
        var place = new SurveyPlace(Resource);
        var builder = new SurveyBuilder();
        foreach (var question in file.Questions)
            builder.Add(
                place with { Row = question.SourceRow },
                question.SourceRow,
                file.Source,
                question.Question,
                [.. question.Options.Select(o => new PythonItem(o, IsString: true))],
                [.. question.Percent.Select(p => KeyValuePair.Create(p.Key, Array.ConvertAll(p.Value, v => v / 100.0)))]);
        return builder.Build(file.Name, SurveyFile.Sha256(bytes), place, file.Notice);
    }

    internal static byte[] Bytes()
    {
        using var stream = typeof(SampleSurvey).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>The sample as it is stored: whole percentages, so that a reader can check them by eye.</summary>
sealed record SampleFile(string Name, string Notice, string Source, IReadOnlyList<SampleQuestion> Questions);

sealed record SampleQuestion(
    int SourceRow,
    string Question,
    IReadOnlyList<string> Options,
    IReadOnlyDictionary<string, int[]> Percent);
