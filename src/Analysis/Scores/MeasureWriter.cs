using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store.Bulk;

namespace LocalOpinions.Analysis.Scores;

/// <summary>
/// Writes how far answers are from people's by the measures that were asked for. Both of its tables have the columns owner, measure,
/// source_row, country_id, value.
/// </summary>
sealed class MeasureWriter(ScoringSurvey survey, IReadOnlyList<Measure> measures, IReadOnlyDictionary<int, ScaleAnswers> scales)
{
    double[] _values = [];

    /// <summary>By measure, what was written, as nearness: 1 for alike.</summary>
    public SimilarityMatrix[] Nearness { get; } =
        [.. measures.Select(_ => new SimilarityMatrix(survey.Rows.Length, survey.Countries.Count))];

    /// <summary>Forgets <see cref="Nearness"/>, for the next owner.</summary>
    public void Clear()
    {
        foreach (var matrix in Nearness)
        {
            for (var question = 0; question < matrix.Questions; question++)
                matrix.Clear(question);
        }
    }

    /// <param name="table">The table.</param>
    /// <param name="owner">The run's number, or the survey's.</param>
    /// <param name="sourceRow">The question.</param>
    /// <param name="distribution">The answer as it is compared, a share per option.</param>
    /// <param name="humans">The people's answers to the question, with a block.</param>
    /// <param name="written">By measure: the rows written are added.</param>
    public void Append(TableAppender table, int owner, int sourceRow, ReadOnlySpan<double> distribution, HumanAnswers humans,
        Span<long> written)
    {
        if (measures.Count == 0)
            return;
        Span<double> weights = stackalloc double[distribution.Length];
        var scale = scales.GetValueOrDefault(sourceRow);
        var points = scale is not null && scale.TryPick(distribution, weights) ? weights[..scale.Points.Length] : [];
        for (var i = 0; i < measures.Count; i++)
        {
            if (!measures[i].NeedsOrder)
            {
                Compute(measures[i], distribution, humans.Block!);
                Append(table, owner, measures[i], sourceRow, humans.CountryIds);
                Keep(i, humans.Index, humans.Columns);
                written[i] += humans.CountryIds.Length;
            }
            else if (!points.IsEmpty)
            {
                Compute(measures[i], points, scale!.Block);
                Append(table, owner, measures[i], sourceRow, scale.CountryIds);
                Keep(i, humans.Index, scale.Columns);
                written[i] += scale.CountryIds.Length;
            }
        }
    }

    void Compute(Measure measure, ReadOnlySpan<double> distribution, DistributionBlock block)
    {
        if (_values.Length < block.Count)
            _values = new double[block.Count];
        measure.OneToMany(distribution, block, _values);
        var largest = measure.Largest(block.Options);
        for (var i = 0; i < block.Count; i++)
            _values[i] /= largest;
    }

    void Keep(int measure, int question, int[] columns)
    {
        for (var i = 0; i < columns.Length; i++)
            Nearness[measure][question, columns[i]] = measures[measure].MoreIsNearer ? _values[i] : 1 - _values[i];
    }

    void Append(TableAppender table, int owner, Measure measure, int sourceRow, int[] countryIds)
    {
        for (int done = 0, rows; done < countryIds.Length; done += rows)
        {
            rows = table.RoomFor(countryIds.Length - done);
            table.Column<int>(0, rows).Fill(owner);
            table.Fill(1, rows, measure.Name);
            table.Column<int>(2, rows).Fill(sourceRow);
            countryIds.AsSpan(done, rows).CopyTo(table.Column<int>(3, rows));
            _values.AsSpan(done, rows).CopyTo(table.Column<double>(4, rows));
            table.EndRows(rows);
        }
    }
}
