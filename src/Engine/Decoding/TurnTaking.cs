using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Decoding;

/// <summary>How many contexts take turns on a device, and the contexts.</summary>
static class TurnTaking
{
    // What is left free beside a further context: working space that libraries take as they go, and whose lack ends the process.
    const long Spare = 1L << 30;

    /// <summary>The first must be; further ones are where there is room.</summary>
    /// <exception cref="EngineException">llama.cpp could not make the first.</exception>
    public static List<DecodeContext> Contexts(Model model, DecodePlan plan, ScorerOptions options)
    {
        // Texts that begin alike may be read in several decodes, of which the first counts.
        var most = plan.ReadsTexts ? 1 : options.Contexts ?? (model.WhollyOnOneGpu ? 2 : 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, ScorerOptions.MostContexts, nameof(options));
        var before = model.FreeBytes;
        List<DecodeContext> contexts = [new(model, plan, options.Arithmetic, options.Threads)];
        var each = before - model.FreeBytes;
        while (contexts.Count < most && (model.OnCpu || model.FreeBytes > 2 * each + Spare))
        {
            try
            {
                contexts.Add(new(model, plan, options.Arithmetic, options.Threads));
            }
            catch (EngineException)
            {
                // There was no room after all; the work is done in those that there are.
                break;
            }
        }
        return contexts;
    }
}
