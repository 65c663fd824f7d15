using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>The stored answers to given prompts of a run, by rising source row and order.</summary>
    /// <remarks>Streamed from the database while the caller enumerates. A prompt without an answer is left out.</remarks>
    /// <param name="runId">The run; it need not be begun.</param>
    /// <param name="prompts">Source row and order of options; one that comes twice counts once.</param>
    /// <exception cref="ArgumentException">The run is not in this file.</exception>
    public IEnumerable<AnswerRow> ReadAnswers(int runId, IReadOnlyCollection<(int SourceRow, int OrderIndex)> prompts)
    {
        const string Answers =
            """
            WITH wanted AS (SELECT DISTINCT unnest(CAST(? AS INTEGER[])) AS source_row, unnest(CAST(? AS INTEGER[])) AS order_index)
            SELECT a.source_row, a.order_index, a.label_mass, a.off_menu, a.token_count, a.boundary, a.options, a.log_probs, a.probs
            FROM wanted AS w
            JOIN answers AS a ON a.source_row = w.source_row AND a.order_index = w.order_index
            WHERE a.run_id = ?
            ORDER BY a.source_row, a.order_index
            """;
        SurveyOf(runId);
        // DuckDB reads a list from the text of a list.
        using var query = Query(Answers, $"[{string.Join(',', prompts.Select(p => p.SourceRow))}]",
            $"[{string.Join(',', prompts.Select(p => p.OrderIndex))}]", runId);
        var result = query.Result;
        while (result.NextChunk())
        {
            for (var row = 0; row < result.RowCount; row++)
            {
                yield return new()
                {
                    RunId = runId,
                    SourceRow = result.Value<int>(0, row),
                    OrderIndex = result.Value<int>(1, row),
                    LabelMass = result.Value<double?>(2, row) ?? double.NaN,
                    OffMenu = result.Value<double?>(3, row) ?? double.NaN,
                    TokenCount = result.Value<int>(4, row),
                    Boundary = result.Value<string>(5, row),
                    Options = result.Lists<int>(6)[row].ToArray(),
                    LogProbs = result.Lists<double>(7)[row].ToArray(),
                    Probs = result.Lists<double>(8)[row].ToArray(),
                };
            }
        }
    }

    /// <summary>How the people of each country answered one question, by rising country number; empty where nobody was asked.</summary>
    /// <exception cref="ArgumentException">The survey, or the question in it, is not in this file.</exception>
    public IReadOnlyList<CountryAnswer> ReadHumans(int surveyId, int sourceRow)
    {
        const string Humans =
            "SELECT country_id, probabilities FROM human_distributions WHERE survey_id = ? AND source_row = ? ORDER BY country_id";
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_connection.Scalar("SELECT count(*) FROM questions WHERE survey_id = ? AND source_row = ?", surveyId, sourceRow) is 0L)
                throw new ArgumentException($"Survey {surveyId} of {FullPath} has no row {sourceRow}.", nameof(sourceRow));
        }

        var labels = CountryLabels(surveyId);
        using var query = Query(Humans, surveyId, sourceRow);
        var distributions = new List<CountryAnswer>();
        while (query.Result.NextChunk())
        {
            var countries = query.Result.Column<int>(0);
            var lists = query.Result.Lists<double>(1);
            for (var i = 0; i < countries.Length; i++)
                distributions.Add(new(countries[i], labels[countries[i]], lists[i].ToArray()));
        }

        return distributions;
    }
}
