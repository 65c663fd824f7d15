using LocalOpinions.Scoring.Simd;
using LocalOpinions.Store.Connections;

namespace LocalOpinions.Analysis.Scores;

/// <summary>A country label of a survey that is scored; its place among them is its column.</summary>
sealed record ScoringCountry(int Id, string Label, string? Iso3, string? Region, bool IsNational)
{
    public bool IsAnotherThan(ScoringCountry other) => OtherCountry.Is(Id, Iso3, other.Id, other.Iso3);
}

/// <summary>The people's answers to one question, ready for the kernel.</summary>
/// <param name="Index">The question's place among those of the survey.</param>
/// <param name="Columns">The column of each distribution of the block.</param>
/// <param name="CountryIds">Their countries.</param>
/// <param name="Distributions">The shares of each.</param>
/// <param name="Samples">The people whose shares these are.</param>
/// <param name="Block">The same for the kernel. Null where no block can hold so many or so few options.</param>
sealed record HumanAnswers(
    int Index, int[] Columns, int[] CountryIds, double[][] Distributions, HumanSample[] Samples, DistributionBlock? Block);

/// <summary>Who was asked a question in a country.</summary>
/// <param name="Respondents">How many; null where the survey does not say.</param>
/// <param name="Refused">The share of them who are not in the distribution, because refusals are compared apart.</param>
readonly record struct HumanSample(int? Respondents, double Refused);

/// <summary>Everything of a survey that scoring needs, read once for all runs.</summary>
sealed class ScoringSurvey
{
    readonly bool[] _isOther;

    ScoringSurvey(int surveyId, int[] rows, IReadOnlyList<ScoringCountry> countries)
    {
        SurveyId = surveyId;
        Rows = rows;
        Countries = countries;
        Uniform = new(rows.Length, countries.Count);
        _isOther = [.. countries.SelectMany(one => countries.Select(other => other.IsNational && other.IsAnotherThan(one)))];
    }

    public int SurveyId { get; }

    /// <summary>Source rows, rising; a question's place here is its index.</summary>
    public int[] Rows { get; }

    public IReadOnlyList<ScoringCountry> Countries { get; }

    /// <summary>By source row; a question that nobody was asked has no entry.</summary>
    public Dictionary<int, HumanAnswers> Humans { get; } = [];

    /// <summary>A uniform answerer's similarities.</summary>
    public SimilarityMatrix Uniform { get; }

    /// <summary>The world without each country, by index of the question; null where nobody can be compared.</summary>
    public WorldMean?[] Worlds => field ??= WorldsOf();

    /// <summary>Each question's item family.</summary>
    public required int[] Families { get; init; }

    public required string[] Sources { get; init; }

    /// <summary>Topic by topic, the indexes of its questions.</summary>
    public required IReadOnlyList<(string Topic, int[] Questions)> Topics { get; init; }

    /// <summary>
    /// Whether a country, by column, is another one, with a national sample, that a country's people can be held against.
    /// </summary>
    public bool IsOther(int column, int other) => _isOther[column * Countries.Count + other];

    public static ScoringSurvey Load(Connection connection, int surveyId)
    {
        var (rows, sources) = Questions(connection, surveyId);
        var index = rows.Select((row, i) => (row, i)).ToDictionary(x => x.row, x => x.i);
        var survey = new ScoringSurvey(surveyId, rows, CountriesOf(connection, surveyId))
        {
            Sources = sources,
            Families = FamiliesOf(connection, surveyId, rows),
            Topics = TopicsOf(connection, surveyId, index),
        };
        survey.LoadHumans(connection, index);
        return survey;
    }

    // Each question by itself: the same to the last bit on any number of threads.
    WorldMean?[] WorldsOf()
    {
        var worlds = new WorldMean?[Rows.Length];
        Parallel.ForEach(Humans.Values.Where(h => h.Block is not null), humans => worlds[humans.Index] =
            WorldMean.Of(humans.Distributions, (one, other) => IsOther(humans.Columns[one], humans.Columns[other])));
        return worlds;
    }

    void LoadHumans(Connection connection, Dictionary<int, int> index)
    {
        const string Query = """
            SELECT source_row, country_id, uniform_js_bits, probabilities, coalesce(respondents, -1)::INTEGER,
                   CASE WHEN refusals = 'separate' THEN refused ELSE 0 END::DOUBLE
            FROM human_distributions JOIN surveys USING (survey_id) WHERE survey_id = ? ORDER BY source_row, country_id
            """;
        var columns = Countries.Select((country, i) => (country.Id, i)).ToDictionary(x => x.Id, x => x.i);
        List<(int Column, double[] Probabilities, HumanSample Sample)> asked = [];
        var row = -1;
        using var humans = connection.Stream(Query, SurveyId);
        while (humans.NextChunk())
        {
            var (rows, countries, uniform) = (humans.Column<int>(0).ToArray(), humans.Column<int>(1).ToArray(),
                humans.Column<double>(2).ToArray());
            var lists = humans.Lists<double>(3);
            var (respondents, refused) = (humans.Column<int>(4).ToArray(), humans.Column<double>(5).ToArray());
            for (var i = 0; i < rows.Length; i++)
            {
                if (rows[i] != row)
                    Add(row, asked, index);
                row = rows[i];
                asked.Add((columns[countries[i]], lists[i].ToArray(), new(respondents[i] < 0 ? null : respondents[i], refused[i])));
                Uniform[index[row], columns[countries[i]]] = Similarity.Bits(Math.Max(0, uniform[i]));
            }
        }

        Add(row, asked, index);
    }

    void Add(int row, List<(int Column, double[] Probabilities, HumanSample Sample)> asked, Dictionary<int, int> index)
    {
        if (asked.Count == 0)
            return;
        var options = asked[0].Probabilities.Length;
        DistributionBlock? block = null;
        if (DistributionBlock.CanHold(options))
        {
            block = DistributionBlock.Create(options, asked.Count);
            foreach (var (_, probabilities, _) in asked)
                block.Add(probabilities);
        }

        Humans.Add(row, new(index[row], [.. asked.Select(a => a.Column)], [.. asked.Select(a => Countries[a.Column].Id)],
            [.. asked.Select(a => a.Probabilities)], [.. asked.Select(a => a.Sample)], block));
        asked.Clear();
    }

    static (int[] Rows, string[] Sources) Questions(Connection connection, int surveyId)
    {
        var questions = connection.Read<StoredQuestion>(
            "SELECT source_row, source FROM questions WHERE survey_id = ? ORDER BY source_row", surveyId);
        return ([.. questions.Select(q => q.SourceRow)], [.. questions.Select(q => q.Source)]);
    }

    static IReadOnlyList<ScoringCountry> CountriesOf(Connection connection, int surveyId) => connection.Read<ScoringCountry>(
        """
        SELECT country_id AS id, label, iso3, region, sample_kind <> 'non-national' AS is_national
        FROM countries WHERE survey_id = ? ORDER BY country_id
        """, surveyId);

    static int[] FamiliesOf(Connection connection, int surveyId, int[] rows)
    {
        var families = connection.Read<StoredFamily>("SELECT source_row, family FROM question_families WHERE survey_id = ?", surveyId)
            .ToDictionary(q => q.SourceRow, q => q.Family);
        return [.. rows.Select(row => families.GetValueOrDefault(row, row))];
    }

    static IReadOnlyList<(string, int[])> TopicsOf(Connection connection, int surveyId, Dictionary<int, int> index) =>
        [.. connection.Read<StoredTopic>(
            "SELECT topic, source_row FROM question_topics WHERE survey_id = ? ORDER BY topic, source_row", surveyId)
            .GroupBy(t => t.Topic, t => index[t.SourceRow])
            .Select(topic => (topic.Key, topic.ToArray()))];

    sealed record StoredQuestion(int SourceRow, string Source);

    sealed record StoredFamily(int SourceRow, int Family);

    sealed record StoredTopic(string Topic, int SourceRow);
}
