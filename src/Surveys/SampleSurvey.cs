using System.Text.Json;
using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Translations;

namespace LocalOpinions.Surveys;

/// <summary>The small survey that is part of the program, for demonstrations without a data set.</summary>
public static class SampleSurvey
{
    // Whole percentages.
    const double LowestSum = 0.97, HighestSum = 1.03;

    internal const string Resource = "sample.json";

    /// <summary>Loads the embedded sample.</summary>
    /// <returns>About two dozen questions in the project's own wording. Their human figures belong to questions of the Pew Global Attitudes
    /// Surveys in other words, as <see cref="Survey.Notice"/> says; <see cref="Question.SourceRow"/> names the row of
    /// GlobalOpinionQA.</returns>
    public static Survey Load()
    {
        var bytes = Bytes();
        var file = JsonSerializer.Deserialize<SampleFile>(bytes, JsonSerializerOptions.Web)!;
        var place = new SurveyPlace(Resource);
        var builder = new SurveyBuilder(LowestSum, HighestSum);
        foreach (var question in file.Questions)
        {
            var here = place with { Row = question.SourceRow };
            builder.Add(new(
                here, question.SourceRow, Id: null, file.Source, question.Question, [.. Options(question)],
                [.. question.Percent.Select(p => new DistributionDraft(p.Key, Array.ConvertAll(p.Value, v => v / 100.0), here))]));
        }
        return builder.Build(file.Name, SurveyFile.Sha256(bytes), place, file.Notice);
    }

    /// <summary>The languages that the sample comes in besides English.</summary>
    public static IReadOnlyList<string> Languages { get; } =
        [.. typeof(SampleSurvey).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("sample-", StringComparison.Ordinal))
            .Select(n => n["sample-".Length..^".yaml".Length]).Order(StringComparer.Ordinal)];

    /// <summary>Loads one of the sample's own translations. A machine made them and nobody has checked them, as each says.</summary>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <param name="sample">The sample as <see cref="Load"/> gives it.</param>
    /// <exception cref="SurveyException">There is none in this language.</exception>
    public static Translation Translated(string language, Survey sample) => Languages.Contains(language)
        ? TranslationReader.Read(SurveyStarter.Bytes($"sample-{language}.yaml"), $"sample-{language}.yaml", sample)
        : throw new SurveyException($"the sample has no translation into {language}",
            $"It has {string.Join(", ", Languages)}; for others name a file of your own")
        {
            Step = SurveyStep.NameTranslation,
        };

    static IEnumerable<OptionDraft> Options(SampleQuestion question)
    {
        var (kinds, values) = ScaleWording.Recognise(question.Options);
        for (var i = 0; i < kinds.Length; i++)
        {
            yield return question.Ordered && kinds[i] == OptionKind.Unknown
                ? new(question.Options[i], OptionKind.Ordered, i + 1)
                : new(question.Options[i], kinds[i], values[i]);
        }
    }

    internal static byte[] Bytes() => SurveyStarter.Bytes(Resource);
}

/// <summary>The sample as it is stored: whole percentages, so that a reader can check them by eye.</summary>
sealed record SampleFile(string Name, string Notice, string Source, IReadOnlyList<SampleQuestion> Questions);

/// <summary>Ordered: whether the options, those for no answer aside, are a scale from one end to the other.</summary>
sealed record SampleQuestion(
    int SourceRow,
    string Question,
    IReadOnlyList<string> Options,
    IReadOnlyDictionary<string, int[]> Percent,
    bool Ordered = false);
