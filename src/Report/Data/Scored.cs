using LocalOpinions.Store;

namespace LocalOpinions.Report.Data;

/// <summary>The scored runs of a results file, their surveys and countries, and the short numbers by which blocks speak of them.</summary>
sealed class Scored
{
    // The casts settle every column's .NET type here, whatever the views compute with.
    const string RunQuery = """
        SELECT o.run_id::INTEGER, o.model, o.model_sha256, r.survey_id::INTEGER, o.condition, o.prompted_country, o.language, o.translation,
            o.control,
               o.reading, o.origin, o.template, o.template_version, o.ending, o.option_order, o.exact, o.engine_build, o.device,
               strftime(o.started_at, '%Y-%m-%d'), o.status,
               o.questions::BIGINT, o.answered::BIGINT, o.unanswered::BIGINT, o.mean_off_menu::DOUBLE, o.thin_below::BIGINT,
               o.noise_prompts::BIGINT, o.noise_mean_prob::DOUBLE, o.noise_max_prob::DOUBLE, o.noise_mean_similarity::DOUBLE,
                   o.noise_max_similarity::DOUBLE, t.wording
        FROM run_overview AS o JOIN runs AS r ON r.run_id = o.run_id LEFT JOIN templates AS t ON t.sha256 = r.template_sha256
        WHERE o.run_id IN (SELECT DISTINCT run_id FROM similarities)
        ORDER BY o.started_at DESC, o.run_id DESC
        """;

    const string SurveyQuery = "SELECT survey_id::INTEGER, name, sha256, notice FROM surveys ORDER BY survey_id";

    const string CountryQuery =
        "SELECT country_id::INTEGER, survey_id::INTEGER, label, name, iso3, sample_kind, region FROM countries ORDER BY country_id";

    readonly Dictionary<int, int> _runs = [];
    readonly Dictionary<int, (int Survey, int Country)> _countries = [];

    public Scored(ResultsFile results)
    {
        var rows = results.Rows(RunQuery);
        var used = rows.Select(row => (int)row[3]!).ToHashSet();
        var surveys = results.Rows(SurveyQuery).Where(row => used.Contains((int)row[0]!)).ToList();
        SurveyIds = [.. surveys.Select(row => (int)row[0]!)];
        var countries = SurveyIds.Select(_ => new List<OverviewCountry>()).ToList();
        foreach (var row in results.Rows(CountryQuery).Where(row => used.Contains((int)row[1]!)))
        {
            var survey = SurveyIds.IndexOf((int)row[1]!);
            _countries.Add((int)row[0]!, (survey, countries[survey].Count));
            countries[survey].Add(new((string)row[2]!, (string)row[3]!, (string?)row[4], (string)row[5]!, (string?)row[6]));
        }
        Surveys = [.. surveys.Zip(countries, (row, list) => new OverviewSurvey((string)row[1]!, (string)row[2]!, (string?)row[3], list))];
        Runs = [.. rows.Select(ReadRun)];
        foreach (var run in Runs)
            _runs.Add(run.Id, _runs.Count);
        UnscoredRuns = (int)(long)results.Rows("SELECT count(*) FROM runs")[0][0]! - Runs.Count;
    }

    public List<OverviewRun> Runs { get; }

    public int UnscoredRuns { get; }

    /// <summary>Surveys of the scored runs.</summary>
    public List<OverviewSurvey> Surveys { get; }

    /// <summary>Their numbers in the results file.</summary>
    public List<int> SurveyIds { get; }

    /// <summary>Finds a run's index in <see cref="Runs"/>; false for one that is not scored.</summary>
    public bool TryIndex(int runId, out int index) => _runs.TryGetValue(runId, out index);

    /// <summary>Index of a country among those of its survey.</summary>
    public int CountryIndex(int countryId) => _countries[countryId].Country;

    /// <summary>Index of a label among the countries of a survey; <see cref="ColumnBlock.None"/> for none.</summary>
    public ushort LabelIndex(int survey, object? label)
    {
        var index = label is string text ? ((List<OverviewCountry>)Surveys[survey].Countries).FindIndex(country => country.Label == text)
            : -1;
        return index < 0 ? ColumnBlock.None : (ushort)index;
    }

    OverviewRun ReadRun(object?[] row) => new(
        Id: (int)row[0]!,
        Model: (string)row[1]!,
        ModelSha256: (string)row[2]!,
        Survey: SurveyIds.IndexOf((int)row[3]!),
        Condition: (string)row[4]!,
        PromptedCountry: (string?)row[5],
        Language: (string?)row[6],
        Translation: (string?)row[7],
        Control: (string)row[8]!,
        Reading: (string)row[9]!,
        Origin: (string)row[10]!,
        Template: (string)row[11]!,
        TemplateVersion: (string)row[12]!,
        Wording: (string?)row[30],
        Ending: (string)row[13]!,
        OptionOrder: (string)row[14]!,
        Exact: (bool)row[15]!,
        EngineBuild: (string)row[16]!,
        Device: (string)row[17]!,
        Date: (string?)row[18] ?? "",
        Status: (string?)row[19] ?? "",
        Questions: (long)row[20]!,
        Answered: (long)row[21]!,
        Unanswered: (long)row[22]!,
        OffMenu: (double?)row[23],
        ThinBelow: (long)(row[24] ?? 0L),
        Noise: row[25] is long prompts ? new(prompts, (double)row[26]!, (double)row[27]!, (double?)row[28], (double?)row[29]) : null,
        Detail: true);
}
