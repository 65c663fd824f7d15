using System.Globalization;

namespace LocalOpinions.Surveys.Formats;

/// <summary>How many people stand behind counts.</summary>
static class CountedPeople
{
    /// <summary>The declared number, or else the counts' sum; null where neither is a number of people.</summary>
    /// <param name="group">Whose counts they are.</param>
    /// <param name="counts">One per option.</param>
    /// <param name="declared">What the file gives as n; null where it does not.</param>
    /// <param name="place">Where it does.</param>
    /// <exception cref="SurveyException">The two contradict each other.</exception>
    public static int? Of(string group, IReadOnlyCollection<double> counts, int? declared, SurveyPlace place)
    {
        var sum = counts.Sum();
        // Counts with fractions are weighted: they sum to something else than the people asked.
        if (declared is { } n && n != sum && counts.All(double.IsInteger))
            throw new SurveyException(place, $"{group} has n {n}, but its counts sum to {sum.ToString(CultureInfo.InvariantCulture)}",
                "Correct the one or the other, or leave n out: it is then the sum");
        return declared ?? (sum is >= 1 and < int.MaxValue ? (int)Math.Round(sum) : null);
    }
}
