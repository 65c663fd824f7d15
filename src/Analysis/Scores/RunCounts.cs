using LocalOpinions.Scoring.Simd.Measures;

namespace LocalOpinions.Analysis.Scores;

/// <summary>What scoring stored of a run.</summary>
sealed class RunCounts(int measures)
{
    /// <summary>Pairs of question and country that were compared.</summary>
    public long Pairs { get; set; }

    /// <summary>Values by place of the measure among those asked for.</summary>
    public long[] Measured { get; } = new long[measures];

    public IReadOnlyDictionary<string, long> ByName(IReadOnlyList<Measure> measures) =>
        measures.Index().ToDictionary(m => m.Item.Name, m => Measured[m.Index]);
}
