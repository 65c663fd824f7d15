using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Merging;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    const string MergeSource = "merge_source";

    /// <summary>Brings everything that other results files hold into this one, in one transaction.</summary>
    /// <remarks>
    /// The content that results does not depend on the order of the files, and a file that was merged already changes nothing. Scores of
    /// runs that gained answers are dropped: score this file afterwards.
    /// </remarks>
    /// <param name="paths">The files; they are only read.</param>
    /// <exception cref="StoreException">A file cannot be opened, or two hold different answers to the same prompt of a run
    /// (<see cref="StoreError.MergeConflict"/>). Nothing is merged then.</exception>
    public IReadOnlyList<MergedFile> Merge(IReadOnlyList<string> paths)
    {
        // Everything that may be wrong with a file is found, and said in the same words, by opening it the usual way.
        foreach (var path in paths)
            OpenReadOnly(path).Dispose();
        lock (_gate)
        {
            if (_runs.Count > 0)
                throw new InvalidOperationException("A run has been begun; merge before or after it.");
            return Write(() => paths.Select((path, index) => Merge(paths, index)).ToList(), paths);
        }
    }

    MergedFile Merge(IReadOnlyList<string> paths, int index)
    {
        var files = paths.Take(index + 1).Select((path, i) => (Name: $"{MergeSource}{i}", Path: Path.GetFullPath(path))).ToList();
        return new Merger(_connection, files[index].Name, files[index].Path, files.SkipLast(1).ToDictionary(f => f.Name, f => f.Path),
            FullPath).Merge();
    }

    // A file cannot be attached inside a transaction that has to be able to fail, nor detached before its end.
    List<MergedFile> Write(Func<List<MergedFile>> body, IReadOnlyList<string> paths)
    {
        var claims = new List<OpenPath>();
        try
        {
            foreach (var path in paths)
            {
                claims.Add(OpenPath.Claim(path));
                _connection.Execute($"ATTACH {SqlText.Literal(claims[^1].FullPath)} AS {MergeSource}{claims.Count - 1} (READ_ONLY)");
            }

            return Write(body);
        }
        finally
        {
            for (var i = 0; i < claims.Count; i++)
            {
                _connection.Execute($"DETACH DATABASE IF EXISTS {MergeSource}{i}");
                claims[i].Dispose();
            }
        }
    }
}
