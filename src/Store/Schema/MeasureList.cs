using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store.Connections;

namespace LocalOpinions.Store.Schema;

/// <summary>The view measures: the program's list, told by the file itself.</summary>
static class MeasureList
{
    public static string View { get; } =
        $"""
        CREATE VIEW measures AS SELECT * FROM (VALUES
        {string.Join(",\n", Measure.All.Select(Row))}
        ) AS t(measure, title, unit, more_is_nearer, needs_order, stored_in, description);
        COMMENT ON VIEW measures IS 'The measures that this program can store: one row each.';
        COMMENT ON COLUMN measures.measure IS 'The name by which it is asked for and stored.';
        COMMENT ON COLUMN measures.title IS 'What people call it.';
        COMMENT ON COLUMN measures.unit IS 'What a stored value counts.';
        COMMENT ON COLUMN measures.more_is_nearer IS 'Whether a larger value means more alike; otherwise it means farther apart.';
        COMMENT ON COLUMN measures.needs_order IS
            'Whether it applies only to questions whose options, refusals aside, are points of a scale.';
        COMMENT ON COLUMN measures.stored_in IS 'The table: similarities, which every scored run has, or measure_values.';
        COMMENT ON COLUMN measures.description IS 'Its formula and range.';

        """.ReplaceLineEndings("\n");

    static string Row(Measure measure)
    {
        var (name, title, unit) = (SqlText.Literal(measure.Name), SqlText.Literal(measure.Title), SqlText.Literal(measure.Unit));
        var storedIn = SqlText.Literal(Measure.OnRequest.Contains(measure) ? "measure_values" : "similarities");
        return $"({name}, {title}, {unit}, {measure.MoreIsNearer}, {measure.NeedsOrder}, {storedIn}, "
            + $"{SqlText.Literal(measure.Description)})";
    }
}
