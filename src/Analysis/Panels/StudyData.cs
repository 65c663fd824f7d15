using LocalOpinions.Store;
using LocalOpinions.Store.Reading;

namespace LocalOpinions.Analysis.Panels;

/// <summary>A country label of the study's survey.</summary>
/// <param name="Id">The label's number in the file.</param>
/// <param name="Label">As the survey writes it.</param>
/// <param name="Name">The country's name; the label where it is no country.</param>
/// <param name="Iso3">ISO 3166-1 alpha-3 code; null where the label is no country.</param>
/// <param name="National">Whether its sample stands for the whole country.</param>
public sealed record StudyCountry(int Id, string Label, string Name, string? Iso3, bool National)
{
    /// <summary>Whether the other label stands for another country.</summary>
    public bool IsAnotherThan(StudyCountry other) => OtherCountry.Is(Id, Iso3, other.Id, other.Iso3);
}

/// <summary>What findings are computed from: the survey's questions and families, and the similarities and answers of runs.</summary>
/// <remarks>Reads what is asked for once and keeps it. Not thread-safe.</remarks>
public sealed class StudyData
{
    /// <summary>What the kernel's rounding may add to a similarity.</summary>
    public const double KernelNoise = 1e-7;

    readonly ResultsFile _results;
    readonly Dictionary<int, SimilarityMatrix> _similarities = [];
    readonly Dictionary<int, IReadOnlyDictionary<int, double[]>> _answers = [];
    readonly Dictionary<int, int> _questionOf = [];
    readonly Dictionary<int, int> _columnOf = [];
    readonly ComparedOptions _compared;
    readonly Dictionary<int, double> _noise;

    /// <summary>Reads a survey's questions and countries.</summary>
    /// <param name="results">The file; it must stay open.</param>
    /// <param name="surveyId">The survey.</param>
    /// <param name="seed">Of everything that is drawn.</param>
    /// <param name="resamples">Replicates of the bootstrap, 1 or more.</param>
    public StudyData(ResultsFile results, int surveyId, int seed, int resamples)
    {
        (_results, SurveyId, Seed, Resamples) = (results, surveyId, seed, resamples);
        var questions = results.Read<StoredFamily>(
            "SELECT source_row, family FROM question_families WHERE survey_id = ? ORDER BY source_row", surveyId);
        (Rows, Families) = ([.. questions.Select(q => q.SourceRow)], [.. questions.Select(q => q.Family)]);
        Countries = results.Read<StudyCountry>(
            """
            SELECT country_id AS id, label, name, iso3, sample_kind <> 'non-national' AS national
            FROM countries WHERE survey_id = ? ORDER BY country_id
            """, surveyId);
        _compared = results.ReadComparedOptions(surveyId);
        _noise = results.Read<StoredNoise>("SELECT run_id, mean_similarity FROM noise_floors WHERE mean_similarity IS NOT NULL")
            .ToDictionary(n => n.RunId, n => n.MeanSimilarity);
        for (var i = 0; i < Rows.Length; i++)
            _questionOf.Add(Rows[i], i);
        for (var i = 0; i < Countries.Count; i++)
            _columnOf.Add(Countries[i].Id, i);
    }

    /// <summary>The survey.</summary>
    public int SurveyId { get; }

    /// <summary>Of everything that is drawn.</summary>
    public int Seed { get; }

    /// <summary>Replicates of the bootstrap.</summary>
    public int Resamples { get; }

    /// <summary>Source rows of all questions; what follows goes by their place here.</summary>
    public int[] Rows { get; }

    /// <summary>Each question's item family: equal numbers are one family.</summary>
    public int[] Families { get; }

    /// <summary>The survey's country labels by rising number; what follows goes by their place here.</summary>
    public IReadOnlyList<StudyCountry> Countries { get; }

    /// <summary>A run's similarities, questions × countries.</summary>
    public SimilarityMatrix Similarities(int runId)
    {
        if (_similarities.TryGetValue(runId, out var known))
            return known;
        var matrix = new SimilarityMatrix(Rows.Length, Countries.Count);
        using var query = _results.Query("SELECT source_row, country_id, js_bits FROM similarities WHERE run_id = ?", runId);
        matrix.Fill(query.Result, _questionOf, _columnOf);
        _similarities.Add(runId, matrix);
        return matrix;
    }

    /// <summary>
    /// Sees to it that a run's similarities are those of all its answers: one that was killed, or merged, may have more of these.
    /// </summary>
    /// <exception cref="InputException">The run has an answer that people's could be compared with, and is not.</exception>
    public void RequireScored(int runId)
    {
        var similarities = Similarities(runId);
        var left = _results.ReadMeanAnswers(runId).Count(a =>
            People.TryGetValue(a.SourceRow, out var people) && Compared(a.SourceRow, a.Probabilities) is not null
            && people.Keys.All(c => double.IsNaN(similarities[_questionOf[a.SourceRow], c])));
        if (left > 0)
            throw new InputException($"Run {runId} has answers to {left} questions that are not scored yet: it did not come to its end.",
                Remedy.Score, _results.FullPath);
    }

    /// <summary>The similarities of an answerer to whom every option is equally likely, questions × countries.</summary>
    public SimilarityMatrix Uniform => field ??= ReadUniform();

    /// <summary>A run's answers by source row: the mean over its orders, as it is compared where anything can be.</summary>
    public IReadOnlyDictionary<int, double[]> Answers(int runId)
    {
        if (!_answers.TryGetValue(runId, out var known))
            _answers.Add(runId, known = _results.ReadMeanAnswers(runId)
                .ToDictionary(a => a.SourceRow, a => Compared(a.SourceRow, a.Probabilities) ?? a.Probabilities));
        return known;
    }

    /// <summary>
    /// How far the arithmetic alone moves a similarity of the noisiest of some runs, on average (noise_floors);
    /// <see cref="KernelNoise"/> where none was measured.
    /// </summary>
    public double Noise(params ReadOnlySpan<int> runIds)
    {
        var noise = KernelNoise;
        foreach (var runId in runIds)
            noise = Math.Max(noise, _noise.GetValueOrDefault(runId));
        return noise;
    }

    /// <summary>For each of <see cref="Countries"/>, whether a run's prompts name these people; of samples that are national.</summary>
    public bool[] Prompted(int runId)
    {
        var labels = PromptedPeople.Of(_results, runId);
        return [.. Countries.Select(c => labels.Contains(c.Label))];
    }

    /// <summary>What people answered, by source row and then by place in <see cref="Countries"/>.</summary>
    public IReadOnlyDictionary<int, Dictionary<int, double[]>> People => field ??= ReadPeople();

    /// <summary>
    /// A distribution as it is compared: without refusals where the survey compares those apart; null where nothing else is left.
    /// </summary>
    /// <param name="sourceRow">The question's row in the survey file.</param>
    /// <param name="probabilities">One share per option of the survey.</param>
    public double[]? Compared(int sourceRow, double[] probabilities) =>
        _compared.Of(sourceRow, probabilities) is { IsEmpty: false } compared ? compared.ToArray() : null;

    /// <summary>
    /// Question by question, a run's mean similarity over the countries whose sample is national; NaN where there is none.
    /// </summary>
    public double[] MeanOverCountries(int runId) => Similarities(runId).MeanOver([.. Countries.Select(c => c.National)]);

    SimilarityMatrix ReadUniform()
    {
        var matrix = new SimilarityMatrix(Rows.Length, Countries.Count);
        using var query = _results.Query(
            "SELECT source_row, country_id, uniform_js_bits FROM human_distributions WHERE survey_id = ? AND uniform_js_bits IS NOT NULL",
            SurveyId);
        matrix.Fill(query.Result, _questionOf, _columnOf);
        return matrix;
    }

    Dictionary<int, Dictionary<int, double[]>> ReadPeople()
    {
        Dictionary<int, Dictionary<int, double[]>> people = [];
        using var query = _results.Query("SELECT source_row, country_id, probabilities FROM human_distributions WHERE survey_id = ?",
            SurveyId);
        var stored = query.Result;
        while (stored.NextChunk())
        {
            var rows = stored.Column<int>(0);
            var countries = stored.Column<int>(1);
            var lists = stored.Lists<double>(2);
            for (var i = 0; i < rows.Length; i++)
            {
                if (!people.TryGetValue(rows[i], out var asked))
                    people.Add(rows[i], asked = []);
                asked.Add(_columnOf[countries[i]], lists[i].ToArray());
            }
        }
        return people;
    }

    sealed record StoredNoise(int RunId, double MeanSimilarity);

    sealed record StoredFamily(int SourceRow, int Family);
}
