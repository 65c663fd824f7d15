namespace LocalOpinions.Engine.Decoding;

/// <summary>A loop over rows of logits on as many threads as they need to keep up with a device.</summary>
static class SomeThreads
{
    // Beyond that, memory is what they wait for.
    const int Most = 8;

    /// <summary>How many there are beside an engine: one where native threads need the processors, several where a GPU computes.</summary>
    public static int Beside(bool onCpu) => onCpu ? 1 : Math.Clamp(Environment.ProcessorCount, 1, Most);

    /// <summary>Does something for every number below a count.</summary>
    public static void For(int count, int threads, Action<int> body)
    {
        if (threads > 1)
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, body);
            return;
        }
        for (var i = 0; i < count; i++)
            body(i);
    }
}
