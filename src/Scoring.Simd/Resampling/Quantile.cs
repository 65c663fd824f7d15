namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>
/// Quantiles that are linear between the order statistics, as numpy's default (Hyndman and Fan, "Sample Quantiles in Statistical Packages",
/// Am. Stat. 50(4), 1996, type 7).
/// </summary>
static class Quantile
{
    /// <param name="sorted">One number or more, ascending.</param>
    /// <param name="probability">0 to 1.</param>
    public static double OfSorted(double[] sorted, double probability) => Of(sorted.Length, i => sorted[i], probability);

    /// <param name="count">How many numbers there are, 1 or more.</param>
    /// <param name="sorted">The number at an index in ascending order.</param>
    /// <param name="probability">0 to 1.</param>
    public static double Of(int count, Func<int, double> sorted, double probability)
    {
        var place = probability * (count - 1);
        var below = (int)Math.Clamp(Math.Floor(place), 0, count - 1);
        var (low, high) = (sorted(below), sorted(Math.Min(below + 1, count - 1)));
        return low + (place - below) * (high - low);
    }

    /// <summary>The same without sorting, in time that grows with the number alone; their order changes.</summary>
    /// <param name="numbers">One number or more, none NaN, in any order.</param>
    /// <param name="probability">0 to 1.</param>
    public static double Select(double[] numbers, double probability) => Of(numbers.Length, index =>
    {
        Find(numbers, index);
        return numbers[index];
    }, probability);

    // Hoare's (Comm. ACM 4(7), 1961): afterwards nothing before the index is larger and nothing behind it smaller than what stands there.
    static void Find(double[] numbers, int index)
    {
        var (left, right) = (0, numbers.Length - 1);
        while (left < right)
        {
            var pivot = numbers[left + (right - left) / 2];
            var (i, j) = (left, right);
            while (i <= j)
            {
                while (numbers[i] < pivot)
                    i++;
                while (numbers[j] > pivot)
                    j--;
                if (i > j)
                    break;
                (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
                (i, j) = (i + 1, j - 1);
            }
            if (index <= j)
                right = j;
            else if (index >= i)
                left = i;
            else
                return;
        }
    }
}
