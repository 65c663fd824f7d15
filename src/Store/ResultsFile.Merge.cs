using LocalOpinions.Store.Merging;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>Brings everything that other results files hold into this one, each file in a transaction of its own.</summary>
    /// <remarks>
    /// The content that results does not depend on the order of the files, and a file that was merged already changes nothing: where it was
    /// ended in the middle, the same call does the rest. Only one of the files is open at a time. Scores of runs that gained answers are
    /// dropped: score this file afterwards.
    /// </remarks>
    /// <param name="paths">The files; they are only read, each twice.</param>
    /// <param name="progress">Told each time that a file was read, so twice for each; null for nobody.</param>
    /// <exception cref="StoreException">A file cannot be opened, or two hold different answers to the same prompt of a run
    /// (<see cref="StoreError.MergeConflict"/>). Nothing is merged then.</exception>
    public IReadOnlyList<MergedFile> Merge(IReadOnlyList<string> paths, Action? progress = null)
    {
        lock (_gate)
        {
            if (_runs.Count > 0)
                throw new InvalidOperationException("A run has been begun; merge before or after it.");
            var columns = new OwnColumns(_connection);
            using (var conflicts = new MergeConflicts(_connection, columns, FullPath))
            {
                foreach (var path in paths)
                {
                    // Everything that may be wrong with a file is found, and said in the same words, by opening it the usual way.
                    OpenReadOnly(path).Dispose();
                    using var file = Attach(path, "merge_source");
                    conflicts.Add(file);
                    progress?.Invoke();
                }
                conflicts.Require(Attach);
            }
            List<MergedFile> merged = [];
            foreach (var path in paths)
            {
                using var file = Attach(path, "merge_source");
                merged.Add(Write(() => new Merger(_connection, file, columns).Merge()));
                progress?.Invoke();
            }
            return merged;
        }

        MergeSource Attach(string path, string name) => new(_connection, path, name);
    }
}
