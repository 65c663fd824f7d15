namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>Places of columns by their means: 1 for the largest; equal ones share the better place.</summary>
static class Ranking
{
    public static double[] OfReplicates(double[] replicates, int columns, int resamples)
    {
        var ranks = new double[replicates.Length];
        var means = new double[columns];
        var places = new double[columns];
        for (var i = 0; i < resamples; i++)
        {
            for (var column = 0; column < columns; column++)
                means[column] = replicates[column * resamples + i];
            Places(means, places);
            for (var column = 0; column < columns; column++)
                ranks[column * resamples + i] = places[column];
        }
        return ranks;
    }

    /// <summary>The place of each mean; NaN for NaN, which takes no place. The means come back sorted.</summary>
    public static void Places(double[] means, double[] places)
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
            places[columns[i]] = double.IsNaN(means[i]) ? double.NaN : place;
        }
    }
}
