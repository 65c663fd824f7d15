using LocalOpinions.Store;

namespace LocalOpinions.Report.Data;

/// <summary>The scored runs of a results file, their surveys and countries, and the short numbers by which blocks speak of them.</summary>
sealed class Scored
{
    // The survey is its number in the file here, and its index on the page.
    const string RunQuery = """
        SELECT o.run_id AS id, r."key", o.model, o.model_sha256, r.survey_id AS survey, o.condition, o.prompted_country,
            o.language, o.translation, o.control, o.reading, o.origin, o.template, o.template_version,
            coalesce(p.somebody, t.wording) AS wording, o.ending, o.option_order, o.exact, o.engine_build, o.device,
            coalesce(strftime(o.started_at, '%Y-%m-%d'), '') AS date, coalesce(o.status, '') AS status, o.questions, o.answered,
            o.unanswered, o.mean_off_menu AS off_menu, coalesce(o.thin_below, 0) AS thin_below,
            o.run_id IN (SELECT run_id FROM adjusted_similarity) AS adjusted, true AS detail
        FROM run_overview AS o JOIN runs AS r ON r.run_id = o.run_id LEFT JOIN templates AS t ON t.sha256 = r.template_sha256
        LEFT JOIN run_prompts AS p ON p.run_id = r.run_id
        WHERE o.run_id IN (SELECT DISTINCT run_id FROM similarities)
        ORDER BY o.started_at DESC, o.run_id DESC
        """;

    const string FloorQuery = "SELECT run_id, prompts, mean_prob, max_prob, mean_similarity, max_similarity FROM ";

    const string SurveyQuery = "SELECT survey_id, name, sha256, language, notice FROM surveys ORDER BY survey_id";

    const string CountryQuery =
        "SELECT country_id, survey_id, label, name, iso3, sample_kind, region, wave FROM countries ORDER BY country_id";

    // Which studies asked a label's people, the one with the most questions first.
    const string SourceQuery = """
        SELECT h.country_id, q.source, count(*)::INTEGER AS questions
        FROM human_distributions AS h JOIN questions AS q ON q.survey_id = h.survey_id AND q.source_row = h.source_row
        GROUP BY ALL ORDER BY h.country_id, questions DESC, q.source
        """;

    const string PromptedQuery = "SELECT run_id, country_id FROM prompted_countries ORDER BY country_id";

    readonly Dictionary<int, int> _runs = [];
    readonly Dictionary<int, (int Survey, int Country)> _countries = [];

    public Scored(ResultsFile results)
    {
        var runs = results.Read<OverviewRun>(RunQuery);
        var noise = results.Read<StoredNoise>(FloorQuery + "noise_floors").ToDictionary(n => n.RunId);
        var rounding = results.Read<StoredNoise>(FloorQuery + "rounding_floors").ToDictionary(n => n.RunId);
        var prompted = results.Read<StoredPrompted>(PromptedQuery).ToLookup(p => p.RunId, p => p.CountryId);
        var used = runs.Select(run => run.Survey).ToHashSet();
        var surveys = results.Read<StoredSurvey>(SurveyQuery).Where(survey => used.Contains(survey.SurveyId)).ToList();
        var sources = results.Read<StoredSource>(SourceQuery).ToLookup(s => s.CountryId, s => new OverviewSource(s.Source, s.Questions));
        SurveyIds = [.. surveys.Select(survey => survey.SurveyId)];
        var countries = SurveyIds.Select(_ => new List<OverviewCountry>()).ToList();
        foreach (var country in results.Read<StoredCountry>(CountryQuery).Where(country => used.Contains(country.SurveyId)))
        {
            var survey = SurveyIds.IndexOf(country.SurveyId);
            _countries.Add(country.CountryId, (survey, countries[survey].Count));
            countries[survey].Add(new(country.Label, country.Name, country.Iso3, country.SampleKind, country.Region, country.Wave,
                [.. sources[country.CountryId]]));
        }
        Surveys = [.. surveys.Zip(countries, (survey, list) =>
            new OverviewSurvey(survey.Name, survey.Sha256, survey.Language, survey.Notice, list))];
        Runs = [.. runs.Select(run => run with
        {
            Survey = SurveyIds.IndexOf(run.Survey),
            Noise = noise.GetValueOrDefault(run.Id)?.Shown,
            Rounding = rounding.GetValueOrDefault(run.Id)?.Shown,
            Prompted = [.. prompted[run.Id].Select(CountryIndex)],
        })];
        foreach (var run in Runs)
            _runs.Add(run.Id, _runs.Count);
        Opened = new Predicate<OverviewRun>[] { run => IsPlain(run) && run.Reading == "labels", IsPlain, _ => true }
            .Select(Runs.FindIndex).FirstOrDefault(index => index >= 0);
        UnscoredRuns = results.ReadValues<int>("SELECT count(*) FROM runs").Single() - Runs.Count;
    }

    public List<OverviewRun> Runs { get; }

    /// <summary>
    /// Index of the run that the page opens with: the newest that asked the question alone, as the survey puts it, and was read as most
    /// are, by labels; where there is none by labels, the newest of these, else the newest of all.
    /// </summary>
    public int Opened { get; }

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
    public ushort LabelIndex(int survey, string? label)
    {
        var index = ((List<OverviewCountry>)Surveys[survey].Countries).FindIndex(country => country.Label == label);
        return index < 0 ? ColumnBlock.None : (ushort)index;
    }

    static bool IsPlain(OverviewRun run) =>
        run.Condition == "default" && run.Control == "none" && run.OptionOrder == "faithful";

    sealed record StoredNoise(int RunId, long Prompts, double MeanProb, double MaxProb, double? MeanSimilarity, double? MaxSimilarity)
    {
        public OverviewNoise Shown => new(Prompts, MeanProb, MaxProb, MeanSimilarity, MaxSimilarity);
    }

    sealed record StoredPrompted(int RunId, int CountryId);

    sealed record StoredSurvey(int SurveyId, string Name, string Sha256, string Language, string? Notice);

    sealed record StoredCountry
    {
        public required int CountryId { get; init; }
        public required int SurveyId { get; init; }
        public required string Label { get; init; }
        public required string Name { get; init; }
        public required string? Iso3 { get; init; }
        public required string SampleKind { get; init; }
        public required string? Region { get; init; }
        public required string? Wave { get; init; }
    }

    sealed record StoredSource(int CountryId, string Source, int Questions);
}
