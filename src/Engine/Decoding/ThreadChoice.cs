using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Decoding;

/// <summary>How many native threads decode fastest here and now.</summary>
/// <remarks>
/// llama.cpp's threads spin at every barrier: one per core is fastest on an idle machine, and an order of magnitude slower than fewer where
/// cores are busy or logical. So it is measured.
/// </remarks>
public static class ThreadChoice
{
    const int Rounds = 3;

    // Beside a GPU that has every layer they look up the tokens' embeddings, and spin where others copy and read its rows.
    const int BesideGpu = 4;

    /// <summary>As many as there are logical processors; a few where a GPU computes everything.</summary>
    /// <param name="model">The model that will be asked.</param>
    public static int Usual(Model model) =>
        model.WhollyOnOneGpu ? Math.Min(BesideGpu, Environment.ProcessorCount) : Environment.ProcessorCount;

    /// <summary>Times short decodes with all, three quarters and half of the logical processors, in turns.</summary>
    /// <param name="model">The model that will be asked.</param>
    /// <param name="most">Logical processors that may be used, at least 1.</param>
    /// <returns>The count with the best of three; all where it hardly matters.</returns>
    public static int Measure(Model model, int most)
    {
        // States of recurrent and hybrid models are rounded differently with other thread counts: a run that goes on must not choose anew.
        if (model.WhollyOnOneGpu)
            return Math.Min(most, Usual(model));
        if (most == 1 || model.HasStates)
            return most;
        var counts = new[] { most, (3 * most + 3) / 4, most / 2 }.Distinct().ToArray();
        var rates = counts.Select(c => new PromptRate(model, DecodePlan.SmallestUbatch, c)).ToArray();
        try
        {
            var best = new double[counts.Length];
            for (var round = 0; round < Rounds; round++)
            {
                for (var i = 0; i < counts.Length; i++)
                    best[i] = Math.Max(best[i], rates[i].Measure());
            }
            // Another count must be clearly faster.
            var fastest = Array.IndexOf(best, best.Max());
            return best[fastest] > 1.05 * best[0] ? counts[fastest] : most;
        }
        finally
        {
            foreach (var rate in rates)
                rate.Dispose();
        }
    }
}
