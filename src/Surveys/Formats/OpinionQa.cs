using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Formats;

/// <summary>
/// Loads folders of OpinionQA (Santurkar et al. 2023): one folder per wave of the American Trends Panel with info.csv (key, question,
/// references, option_ordinal), metadata.csv (key, options of each attribute) and either responses.csv (one row per person, with weights)
/// or the counts by group in files as POLPARTY_data.json.
/// </summary>
sealed class OpinionQa : ISurveyFormat
{
    /// <summary>The group of everybody.</summary>
    public const string Everybody = "US adults";

    const string Info = "info.csv";

    public string Name => "OpinionQA";

    public string Description => "a folder of OpinionQA";

    public bool Recognises(SurveyInput input) => input.IsFolder;

    /// <summary>Loads one wave, or all waves of a folder such as human_resp.</summary>
    public Survey Load(SurveyInput input)
    {
        var folder = input.Path;
        string[] waves = File.Exists(Path.Combine(folder, Info))
            ? [folder]
            : [.. Directory.EnumerateDirectories(folder).Where(d => File.Exists(Path.Combine(d, Info))).Order(StringComparer.Ordinal)];
        if (waves.Length == 0)
            throw new SurveyException(new(folder), $"this is a folder, and neither it nor a folder in it has a file {Info}",
                "Name a survey file, a folder human_resp of OpinionQA, or one wave in it");
        // Weighted shares sum to 1 but for the last digits.
        var builder = new SurveyBuilder(0.999, 1.001);
        var read = new OpinionQaFiles();
        var groups = new Dictionary<string, Country> { [Everybody] = new(Everybody, Everybody, Everybody, null, SampleKind.National) };
        var weighting = new List<string>();
        var row = 0;
        foreach (var wave in waves)
        {
            var questions = OpinionQaInfo.Read(read, Path.Combine(wave, Info));
            var attributes = OpinionQaAttributes.Read(read, wave);
            foreach (var label in attributes.Labels)
                groups.TryAdd(label, new(label, label, label, null, SampleKind.National));
            var answers = File.Exists(Path.Combine(wave, "responses.csv"))
                ? OpinionQaResponses.Read(read, wave, questions, attributes, builder, row, out var weight)
                : OpinionQaCounts.Read(read, wave, questions, attributes, out weight);
            weighting.Add($"{Path.GetFileName(wave)}: {weight}");
            foreach (var question in questions)
                builder.Add(new(question.Place, row++, question.Key, Path.GetFileName(wave), question.Text, question.Options,
                    answers[question.Key]));
        }
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var notice =
            $"OpinionQA (Santurkar et al. 2023) of the Pew Research Center's American Trends Panel. {string.Join("; ", weighting)}.";
        return builder.Build(name, read.Sha256(), new(folder), notice, groups);
    }
}

/// <summary>The files of a folder that were read: together they are what identifies the survey.</summary>
sealed class OpinionQaFiles
{
    readonly List<string> _read = [];

    public byte[] Read(string path)
    {
        var bytes = SurveyFile.Read(path);
        _read.Add(
            $"{Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)))}/{Path.GetFileName(path)} {SurveyFile.Sha256(bytes)}\n");
        return bytes;
    }

    public string Sha256() => SurveyFile.Sha256(System.Text.Encoding.UTF8.GetBytes(string.Concat(_read)));
}
