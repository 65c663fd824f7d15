using LocalOpinions.Store;
using static LocalOpinions.Report.Data.PackedNumber;

namespace LocalOpinions.Report.Data;

/// <summary>A survey's questions and how people answered them; also the places of its answers in the runs' blocks.</summary>
sealed class SurveyBlock
{
    const string QuestionQuery = """
        SELECT q.source_row, q.source, q.text, o.text AS option
        FROM questions AS q JOIN options AS o ON o.survey_id = q.survey_id AND o.source_row = q.source_row
        WHERE q.survey_id = ?
        ORDER BY q.source_row, o.option_index
        """;

    const string ShareQuery = """
        SELECT source_row, country_id, probability
        FROM questions_long WHERE survey_id = ? AND country_id IS NOT NULL
        ORDER BY source_row, country_id, option_index
        """;

    const string TopicQuery = "SELECT source_row, topic FROM question_topics WHERE survey_id = ? ORDER BY source_row, topic";

    readonly Dictionary<int, int> _questions = [];
    readonly Dictionary<(int SourceRow, int CountryId), int> _pairs = [];
    readonly ColumnBlock _block = new();
    readonly SurveyTexts _texts;
    readonly List<ushort> _pairQuestions = [], _shares = [];
    readonly List<int> _firstShare = [];

    public SurveyBlock(ResultsFile results, Scored scored, int surveyId)
    {
        List<int> sourceRows = [];
        List<string> texts = [], sources = [];
        List<IReadOnlyList<string>> options = [];
        foreach (var line in results.Stream<StoredOption>(QuestionQuery, surveyId))
        {
            if (_questions.TryAdd(line.SourceRow, _questions.Count))
            {
                sourceRows.Add(line.SourceRow);
                sources.Add(line.Source);
                texts.Add(line.Text);
                options.Add(new List<string>());
            }
            ((List<string>)options[^1]).Add(line.Option);
        }
        FirstOption = [0, .. options.Select(list => list.Count)
            .Aggregate(new List<int>(), (sums, length) => { sums.Add(length + (sums.Count == 0 ? 0 : sums[^1])); return sums; })];

        var studies = sources.Distinct().Order(StringComparer.Ordinal).ToList();
        var topics = AddTopics(results, surveyId, sourceRows.Count);
        AddShares(results, scored, surveyId);
        _block.Add("sourceRow", [.. sourceRows]);
        _block.Add("source", [.. sources.Select(source => (ushort)studies.IndexOf(source))]);
        _texts = new(texts, studies, options, topics);
    }

    /// <summary>Whether blocks can number all questions and pairs.</summary>
    public bool Fits => _questions.Count < ColumnBlock.None && _texts.Topics.Count < byte.MaxValue;

    /// <summary>Where each question's options begin among those of all; one more entry than questions.</summary>
    public int[] FirstOption { get; }

    public int Questions => _questions.Count;

    public int Pairs => _pairs.Count;

    public int QuestionIndex(int sourceRow) => _questions[sourceRow];

    public int PairIndex(int sourceRow, int countryId) => _pairs[(sourceRow, countryId)];

    /// <summary>The question of a pair of question and country, by its place.</summary>
    public int QuestionOf(int pair) => _pairQuestions[pair];

    /// <summary>The shares of the people of a pair, in thousandths, one per option.</summary>
    public ReadOnlySpan<ushort> Shares(int pair) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_shares)
        [_firstShare[pair]..(pair + 1 < _firstShare.Count ? _firstShare[pair + 1] : _shares.Count)];

    public byte[] Compress() => _block.Compress(_texts, BlockJson.Default.SurveyTexts);

    List<string> AddTopics(ResultsFile results, int surveyId, int questions)
    {
        var rows = results.Read<StoredTopic>(TopicQuery, surveyId);
        var names = rows.Select(row => row.Topic).Distinct().Order(StringComparer.Ordinal).ToList();
        var counts = new byte[questions];
        foreach (var row in rows)
            counts[_questions[row.SourceRow]]++;
        _block.Add("topicCount", counts);
        _block.Add("topic", [.. rows.Select(row => (byte)names.IndexOf(row.Topic))]);
        return names;
    }

    void AddShares(ResultsFile results, Scored scored, int surveyId)
    {
        List<ushort> countries = [];
        foreach (var share in results.Stream<StoredShare>(ShareQuery, surveyId))
        {
            if (_pairs.TryAdd((share.SourceRow, share.CountryId), _pairs.Count))
            {
                _firstShare.Add(_shares.Count);
                _pairQuestions.Add((ushort)_questions[share.SourceRow]);
                countries.Add((ushort)scored.CountryIndex(share.CountryId));
            }
            _shares.Add(Thousandths(share.Probability));
        }
        _block.Add("pairQuestion", [.. _pairQuestions]);
        _block.Add("pairCountry", [.. countries]);
        _block.Add("share", [.. _shares]);
    }

    sealed record StoredOption(int SourceRow, string Source, string Text, string Option);

    sealed record StoredTopic(int SourceRow, string Topic);

    sealed record StoredShare(int SourceRow, int CountryId, double Probability);
}
