using LocalOpinions.Analysis;
using LocalOpinions.Analysis.Comparisons;
using LocalOpinions.Store;

namespace LocalOpinions.Runner.Arguments;

/// <summary>Finds the runs of a results file that are meant.</summary>
static class RunChoice
{
    /// <summary>All runs of a file, in the order they were begun.</summary>
    /// <exception cref="UsageException">It lacks one of those that are asked for.</exception>
    public static IReadOnlyList<ComparedRun> Known(ResultsFile results, IReadOnlyList<int> wanted)
    {
        var known = RunComparison.All(results);
        if (wanted.FirstOrDefault(w => !known.Any(r => r.RunId == w)) is > 0 and var unknown)
            throw new UsageException($"{results.FullPath} has no run {unknown}; it has "
                + $"{(known.Count == 0 ? "none" : string.Join(", ", known.Select(r => r.RunId)))}.");
        return known;
    }

    /// <summary>The run that is asked for, or the last that is no control.</summary>
    /// <exception cref="UsageException">It is not there.</exception>
    /// <exception cref="InputException">None was asked for, and there is none.</exception>
    public static ComparedRun One(ResultsFile results, int? wanted) =>
        Known(results, wanted is { } asked ? [asked] : []).LastOrDefault(r => wanted is null ? !r.IsControl : r.RunId == wanted)
            ?? throw new InputException($"{results.FullPath} has no run that is no control.");
}
