using LocalOpinions.Scoring.Simd;
using LocalOpinions.Store.Connections;

namespace LocalOpinions.Analysis.Scores;

/// <summary>The people's answers to a question on a scale, over the points of the scale alone and in their order.</summary>
/// <param name="Points">The points of the scale from one end to the other: the options that stand there, by their place in the survey
/// file.</param>
/// <param name="CountryIds">The country of each distribution of the block; one whose people all refused is left out.</param>
/// <param name="Columns">Its column.</param>
/// <param name="Block">The distributions over the points.</param>
sealed record ScaleAnswers(int[][] Points, int[] CountryIds, int[] Columns, DistributionBlock Block)
{
    /// <summary>
    /// Those of a survey's questions, by source row, whose options are all points of one scale, refusals aside. A refusal has no place on a
    /// scale, so it is left out even where it counts as an option like any other.
    /// </summary>
    public static Dictionary<int, ScaleAnswers> Load(Connection connection, ScoringSurvey survey)
    {
        const string Options = """
            SELECT source_row, option_index, kind, scale_value FROM options WHERE survey_id = ? AND kind <> 'refusal'
            ORDER BY source_row, option_index
            """;
        var scales = new Dictionary<int, ScaleAnswers>();
        foreach (var question in connection.Read<ScaleOption>(Options, survey.SurveyId).GroupBy(o => o.SourceRow))
        {
            if (!survey.Humans.TryGetValue(question.Key, out var humans) || humans.Block is null)
                continue;
            if (PointsOf([.. question]) is { } points)
                scales.Add(question.Key, Of([.. points.Select(p => p.Options)], [.. points.Select(p => p.Value)], humans));
        }

        return scales;
    }

    /// <summary>The weights of the points in an answer over all options; false where it gives them none.</summary>
    /// <param name="distribution">One share per option of the survey.</param>
    /// <param name="weights">Receives a weight per point.</param>
    public bool TryPick(ReadOnlySpan<double> distribution, Span<double> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < Points.Length; i++)
        {
            weights[i] = 0;
            foreach (var option in Points[i])
                weights[i] += distribution[option];
            sum += weights[i];
        }

        return sum > 0;
    }

    static ScaleAnswers Of(int[][] points, double[] values, HumanAnswers humans)
    {
        var block = DistributionBlock.OnScale(values, humans.Distributions.Length);
        var scale = new ScaleAnswers(points, [], [], block);
        var (countries, columns) = (new List<int>(), new List<int>());
        Span<double> weights = stackalloc double[points.Length];
        for (var i = 0; i < humans.CountryIds.Length; i++)
        {
            if (!scale.TryPick(humans.Distributions[i], weights))
                continue;
            block.Add(weights);
            countries.Add(humans.CountryIds[i]);
            columns.Add(humans.Columns[i]);
        }

        return scale with { CountryIds = [.. countries], Columns = [.. columns] };
    }

    // Options with the same value stand in one place: they are one point.
    static (double Value, int[] Options)[]? PointsOf(ScaleOption[] options)
    {
        if (!options.All(o => o.Kind == "ordered" && !double.IsNaN(o.ScaleValue)))
            return null;
        (double, int[])[] points = [.. options.GroupBy(o => o.ScaleValue, o => o.OptionIndex).OrderBy(p => p.Key)
            .Select(p => (p.Key, p.ToArray()))];
        return points.Length > 1 ? points : null;
    }

    sealed record ScaleOption(int SourceRow, int OptionIndex, string Kind, double ScaleValue);
}
