namespace LocalOpinions.Scoring.Simd;

/// <summary>Independent pieces of work, shared between threads.</summary>
static class WorkSharing
{
    /// <summary>Does pieces 0 to count − 1, each once, in any order.</summary>
    /// <param name="count">The number of pieces.</param>
    /// <param name="threads">The most that work at the same time, 1 or more; all processors if null.</param>
    /// <param name="piece">What to do.</param>
    public static void Share(int count, int? threads, Action<int> piece)
    {
        if (threads is < 1)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "At least one thread has to work.");
        if (threads == 1)
        {
            for (var i = 0; i < count; i++)
                piece(i);
            return;
        }
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount }, piece);
    }
}
