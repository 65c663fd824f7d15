using LocalOpinions.Analysis;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Asking.Running;
using LocalOpinions.Scoring.Simd.Measures;
using LocalOpinions.Store;
using LocalOpinions.Store.Merging;

namespace LocalOpinions.Asking.Merging;

/// <summary>Brings results files together and scores what gained answers, by the measures that any of the files had.</summary>
/// <param name="files">The files; they are only read.</param>
/// <param name="output">The results file that takes them all in; made where it is not there.</param>
public sealed class MergeJob(IReadOnlyList<string> files, string output)
{
    /// <summary>Why these files cannot be merged so, as a sentence; null where they can. Nothing is opened for it.</summary>
    public string? Contradiction()
    {
        var target = Path.GetFullPath(output);
        if (files.FirstOrDefault(f => Path.GetFullPath(f) == target) is { } itself)
            return $"{itself} cannot be merged into itself. Name the other files alone; what it holds stays in it.";
        return files.Select(Path.GetFullPath).GroupBy(p => p).FirstOrDefault(g => g.Count() > 1) is { Key: var twice }
            ? $"{twice} is named twice. Name it once." : null;
    }

    /// <summary>Merges and scores. Ended in the middle, the same call does what is missing.</summary>
    /// <param name="monitor">Shown how many files were read.</param>
    /// <returns>What each file brought.</returns>
    /// <exception cref="InputException">There is a <see cref="Contradiction"/>.</exception>
    /// <exception cref="FileNotFoundException">A file is not there; nothing is made then.</exception>
    /// <exception cref="StoreException">A file cannot be used, or two contradict each other; nothing is merged then.</exception>
    public IReadOnlyList<MergedFile> Execute(IWorkMonitor monitor)
    {
        if (Contradiction() is { } why)
            throw new InputException(why);
        if (files.FirstOrDefault(f => !File.Exists(f)) is { } absent)
            throw new FileNotFoundException($"No results file {absent}. Check the path.");
        return ResultsFile.Fill(output, results => Merge(results, monitor));
    }

    IReadOnlyList<MergedFile> Merge(ResultsFile results, IWorkMonitor monitor)
    {
        // A run that gains answers loses its scores: which measures there were is asked before.
        Measure[] measures = [.. files.SelectMany(MeasuresOf).Concat(StoredMeasures.Of(results)).Distinct()];
        var progress = new WorkProgress("files read");
        // Once for what contradicts, once for what comes along.
        progress.Expect(2 * files.Count);
        progress.Start();
        var merging = Task.Run(() => results.Merge(files, () => progress.Add(1, 0)));
        monitor.WatchAsync(progress, merging).GetAwaiter().GetResult();
        var merged = merging.GetAwaiter().GetResult();
        if (merged.Any(m => m.HasChanged) || IsUnscored(results))
            results.Score(options: new() { Measures = measures });
        return merged;
    }

    // As where an earlier merge was killed before it scored.
    static bool IsUnscored(ResultsFile results)
    {
        using var query = results.Query("SELECT 1 FROM runs WHERE run_id IN (SELECT run_id FROM answers) "
            + "AND run_id NOT IN (SELECT run_id FROM similarities) LIMIT 1");
        return query.Rows.Any();
    }

    static IReadOnlyList<Measure> MeasuresOf(string path)
    {
        using var source = ResultsFile.OpenReadOnly(path);
        return StoredMeasures.Of(source);
    }
}
