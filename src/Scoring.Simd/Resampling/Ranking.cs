namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>Places of columns by their means: 1 for the largest; equal ones share the better place.</summary>
static class Ranking
{
    // Enough for a thread to be worth its start.
    const int Piece = 512;

    /// <summary>By column, how many replicates give it each place: columns x (columns + 1) numbers, those of place 0 for none.</summary>
    public static int[] CountPlaces(double[] replicates, int columns, int resamples, int? threads)
    {
        var counts = new int[checked(columns * (columns + 1))];
        WorkSharing.Share((resamples + Piece - 1) / Piece, threads, piece =>
        {
            var own = new int[counts.Length];
            var means = new double[columns];
            var places = new int[columns];
            for (var i = piece * Piece; i < Math.Min(resamples, (piece + 1) * Piece); i++)
            {
                for (var column = 0; column < columns; column++)
                    means[column] = replicates[column * resamples + i];
                Places(means, places);
                for (var column = 0; column < columns; column++)
                    own[column * (columns + 1) + places[column]]++;
            }
            lock (counts)
            {
                for (var i = 0; i < own.Length; i++)
                    counts[i] += own[i];
            }
        });
        return counts;
    }

    /// <summary>The place of each mean; 0 for NaN, which takes none. The means come back sorted.</summary>
    public static void Places(double[] means, int[] places)
    {
        var columns = new int[means.Length];
        for (var column = 0; column < columns.Length; column++)
            columns[column] = column;
        Array.Sort(means, columns); // NaN first, then ascending
        var place = 0;
        for (var i = means.Length - 1; i >= 0; i--)
        {
            if (i == means.Length - 1 || means[i] != means[i + 1])
                place = means.Length - i;
            places[columns[i]] = double.IsNaN(means[i]) ? 0 : place;
        }
    }
}

/// <summary>The places that one column took, in order.</summary>
/// <param name="counts">What <see cref="Ranking.CountPlaces"/> gave.</param>
/// <param name="column">The column.</param>
/// <param name="columns">Their number.</param>
sealed class PlaceCounts(int[] counts, int column, int columns)
{
    /// <summary>Replicates in which it took a place.</summary>
    public int Total { get; } = Of(counts, column, columns).Sum();

    /// <summary>The place that stands at an index of all in ascending order.</summary>
    public double At(int index)
    {
        var place = 1;
        foreach (var count in Of(counts, column, columns))
        {
            if (index < count)
                break;
            index -= count;
            place++;
        }
        return place;
    }

    static IEnumerable<int> Of(int[] counts, int column, int columns) => counts.Skip(column * (columns + 1) + 1).Take(columns);
}
