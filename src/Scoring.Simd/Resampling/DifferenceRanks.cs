using System.Numerics.Tensors;

namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>Intervals of places from intervals of differences.</summary>
static class DifferenceRanks
{
    /// <param name="estimates">The mean of each column; NaN takes no place.</param>
    /// <param name="replicates">Column by column.</param>
    /// <param name="resamples">Replicates of a column.</param>
    /// <param name="level">The probability with which an interval holds the true place.</param>
    /// <param name="threads">The most threads that work at the same time; all processors if absent.</param>
    public static Interval[] Of(
        double[] estimates, double[] replicates, int resamples, double level, int? threads)
    {
        var columns = estimates.Length;
        var places = new int[columns];
        Ranking.Places([.. estimates], places);
        // What replicates add to the estimate: a column that lacks any of them is not compared.
        var centred = new double[replicates.Length];
        for (var column = 0; column < columns; column++)
            TensorPrimitives.Subtract(Column(replicates, column), estimates[column], centred.AsSpan(column * resamples, resamples));
        int[] compared = [.. Enumerable.Range(0, columns).Where(c => double.IsFinite(TensorPrimitives.Sum(Column(centred, c))))];
        var variances = new double[columns * columns];
        WorkSharing.Share(compared.Length, threads, i =>
        {
            foreach (var other in compared)
                variances[compared[i] * columns + other] =
                    TensorPrimitives.Dot(Column(centred, compared[i]), Column(centred, other)) / resamples;
        });
        var ranks = new Interval[columns];
        for (var column = 0; column < columns; column++)
            ranks[column] = new(Place(column), double.NaN, double.NaN, 0);
        WorkSharing.Share(compared.Length, threads, i => ranks[compared[i]] = Rank(compared[i]));
        return ranks;

        Interval Rank(int column)
        {
            int[] others = [.. compared.Where(c => c != column && Error(column, c) > 0)];
            double[] largest = new double[resamples], distances = new double[resamples];
            foreach (var other in others)
            {
                TensorPrimitives.Subtract(Column(centred, column), Column(centred, other), distances);
                TensorPrimitives.Divide(distances, Error(column, other), distances);
                TensorPrimitives.MaxMagnitude(distances, largest, largest);
            }

            TensorPrimitives.Abs(largest, largest);
            var critical = Quantile.Select(largest, level);
            int better = 0, worse = 0;
            foreach (var other in compared.Where(c => c != column))
            {
                var difference = estimates[column] - estimates[other];
                better += difference < -critical * Error(column, other) ? 1 : 0;
                worse += difference > critical * Error(column, other) ? 1 : 0;
            }

            // A column with an estimate and no replicates may be anywhere.
            return new(Place(column), 1 + better, places.Count(p => p != 0) - worse, resamples);
        }

        double Place(int column) => places[column] == 0 ? double.NaN : places[column];

        double Error(int one, int other) => Math.Sqrt(Math.Max(0, variances[one * columns + one] + variances[other * columns + other]
            - 2 * variances[one * columns + other]));

        ReadOnlySpan<double> Column(double[] all, int column) => all.AsSpan(column * resamples, resamples);
    }
}
