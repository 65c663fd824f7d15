using LocalOpinions.Common;
using LocalOpinions.Store.Connections;

namespace LocalOpinions.Store;

// A file can be deleted, moved or replaced while it is open; the system then keeps it for this process alone, and DuckDB goes on.
public sealed partial class ResultsFile
{
    StoreException? _lost;
    string? _log;
    bool _rescued;

    /// <summary>Makes sure that what was written is what lies at <see cref="FullPath"/>.</summary>
    /// <exception cref="StoreException">It is not (<see cref="StoreError.Replaced"/>); the message names the file beside it that all of
    /// it was written to.</exception>
    public void RequireInPlace()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            RequireNotLost();
            var found = FileStat.Identity(FullPath);
            if (found == Identity)
                _log = FileStat.Identity(OpenPath.LogOf(FullPath));
            else
                throw _lost = Lost(found is null);
        }
    }

    static StoreException Replaced(string path) => new(StoreError.Replaced,
        $"{path} was deleted, moved or replaced meanwhile. Give the file its place back and run the same again.");

    void RequireNotLost()
    {
        if (_lost is { } lost)
            throw new StoreException(lost.Kind, lost.Message, lost);
    }

    // Where no log is open yet, a commit would open that of the file which is there by now.
    void RequireOwnLog()
    {
        if (_log is null && FileStat.Identity(FullPath) is { } found && found != Identity)
            throw _lost = Lost(gone: false);
    }

    StoreException Lost(bool gone)
    {
        // Made by the last commit, at a place where there is no other file.
        if (gone)
            _log ??= FileStat.Identity(OpenPath.LogOf(FullPath));
        var what = gone ? "was deleted or moved" : "was replaced by another file";
        var beside = FreeName(FullPath);
        try
        {
            CopyTo(beside);
            _rescued = true;
            // What lies at the path now is not ours: nothing may be written into it, nor its log be removed.
            _connection.Execute("PRAGMA disable_checkpoint_on_shutdown");
            return new(StoreError.Replaced, $"{FullPath} {what} while it was written to. All that it held is in {beside}: give that file "
                + $"its name and run the same again to go on.");
        }
        catch (Exception e) when (e is StoreException or IOException or UnauthorizedAccessException)
        {
            return new(StoreError.Replaced, $"{FullPath} {what} while it was written to, and what it held could not be kept in {beside}. "
                + $"({e.Message})", e);
        }
    }

    void CopyTo(string path)
    {
        var unfinished = path + ".new";
        try
        {
            _connection.Execute($"ATTACH {SqlText.Literal(unfinished)} AS rescue");
            try
            {
                var name = (string)_connection.Scalar("SELECT current_database()")!;
                _connection.Execute($"COPY FROM DATABASE {SqlText.Name(name)} TO rescue");
            }
            finally
            {
                _connection.Execute("DETACH rescue");
            }
            File.Move(unfinished, path);
        }
        catch
        {
            DeleteWithLog(unfinished);
            throw;
        }
    }

    /// <summary>Beside the file, or where its folder is gone too in the next one that is there.</summary>
    static string FreeName(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        while (!Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder)!;
        var (name, extension) = (Path.GetFileNameWithoutExtension(path), Path.GetExtension(path));
        return Enumerable.Range(1, int.MaxValue)
            .Select(i => Path.Combine(folder, $"{name}.rescued{(i == 1 ? "" : $"-{i}")}{extension}")).First(p => !Path.Exists(p));
    }

    // The log lies under the file's old name; unless it is another file's by now, all that is in it was rescued.
    void DropLogOfLost()
    {
        if (_rescued && _log is not null && FileStat.Identity(OpenPath.LogOf(FullPath)) == _log)
            File.Delete(OpenPath.LogOf(FullPath));
    }
}
