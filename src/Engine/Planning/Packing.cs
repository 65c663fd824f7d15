namespace LocalOpinions.Engine.Planning;

/// <summary>Distributes segments over decodes of a bounded size; a segment larger than that gets a decode of its own.</summary>
static class Packing
{
    /// <summary>One after the other, without changing the order.</summary>
    public static List<List<Segment>> InOrder(IReadOnlyList<Segment> segments, int tokens, int count, int rows)
    {
        var bins = new List<List<Segment>>();
        var (free, freeRows) = (0, 0);
        foreach (var segment in segments)
        {
            if (bins.Count == 0 || segment.Length > free || segment.Rows > freeRows || bins[^1].Count == count)
            {
                bins.Add([]);
                (free, freeRows) = (tokens, rows);
            }
            bins[^1].Add(segment);
            (free, freeRows) = (free - segment.Length, freeRows - segment.Rows);
        }
        return bins;
    }

    /// <summary>Best-fit decreasing: the longest first, each where it leaves the least room.</summary>
    public static List<List<Segment>> BestFit(IReadOnlyList<Segment> segments, int tokens, int count, int rows)
    {
        var bins = new List<(List<Segment> Segments, int Free, int FreeRows)>();
        foreach (var segment in segments.OrderByDescending(s => s.Length))
        {
            var best = -1;
            for (var i = 0; i < bins.Count; i++)
            {
                if (bins[i].Free >= segment.Length && bins[i].FreeRows >= segment.Rows && bins[i].Segments.Count < count
                    && (best < 0 || bins[i].Free < bins[best].Free))
                    best = i;
            }
            if (best < 0)
            {
                best = bins.Count;
                bins.Add(([], tokens, rows));
            }
            bins[best].Segments.Add(segment);
            bins[best] = (bins[best].Segments, bins[best].Free - segment.Length, bins[best].FreeRows - segment.Rows);
        }
        return [.. bins.Select(b => b.Segments)];
    }
}
