using LocalOpinions.Common;
using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Schema;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>
    /// Does something with a file whole or not at all: one that is not there is made under another name, and gets its own when all is done.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="work">What is done; in a file that was there, what its transactions committed stays whatever comes after.</param>
    /// <param name="options">What DuckDB may use; null for <see cref="StoreOptions.Default"/>.</param>
    /// <exception cref="StoreException">The message names the file and the remedy; a file that was not there is not there then.</exception>
    public static T Fill<T>(string path, Func<ResultsFile, T> work, StoreOptions? options = null)
    {
        using (var openPath = Claim(path, options))
        {
            T made = default!;
            if (!File.Exists(openPath.FullPath)
                && TryCreate(openPath.FullPath, options ?? StoreOptions.Default, SchemaDefinition.Current, r => made = Done(r)))
                return made;
        }

        using var results = Open(path, options);
        return Done(results);

        T Done(ResultsFile file)
        {
            var done = work(file);
            // Out of the log and into the file: closing does it too, but tells nobody where there is no room for it.
            file._connection.Execute("CHECKPOINT");
            return done;
        }
    }

    internal static ResultsFile Open(string path, StoreOptions? options, SchemaDefinition schema)
    {
        var openPath = Claim(path, options);
        try
        {
            if (!File.Exists(openPath.FullPath))
                TryCreate(openPath.FullPath, options ?? StoreOptions.Default, schema, r => r._connection.Execute("CHECKPOINT"));
        }
        catch
        {
            openPath.Dispose();
            throw;
        }

        return new(openPath, readOnly: false, options ?? StoreOptions.Default, schema);
    }

    static OpenPath Claim(string path, StoreOptions? options)
    {
        var openPath = OpenPath.Claim(path);
        if (options?.Identity is null || options.Identity == FileStat.Identity(openPath.FullPath))
            return openPath;
        openPath.Dispose();
        throw Replaced(openPath.FullPath);
    }

    /// <summary>
    /// Makes a file under another name and gives it its own when it is whole: killed at any moment, there is a file or there is none.
    /// </summary>
    /// <returns>False where another program made it first.</returns>
    static bool TryCreate(string path, StoreOptions options, SchemaDefinition schema, Action<ResultsFile> fill)
    {
        var unfinished = path + ".new";
        try
        {
            using (var results = OpenUnfinished(unfinished, options, schema))
            {
                try
                {
                    fill(results);
                }
                catch
                {
                    results.Dispose();
                    DeleteWithLog(unfinished);
                    throw;
                }
            }

            File.Move(unfinished, path);
            return true;
        }
        catch (StoreException e)
        {
            throw new StoreException(e.Kind, e.Message.Replace(unfinished, path, StringComparison.Ordinal), e)
            {
                OutdatedFile = e.OutdatedFile,
            };
        }
        catch (IOException) when (File.Exists(path))
        {
            DeleteWithLog(unfinished);
            return false;
        }
    }

    static ResultsFile OpenUnfinished(string unfinished, StoreOptions options, SchemaDefinition schema)
    {
        // What a killed program left is of no use, and may be half a header.
        if (File.Exists(unfinished))
            RemoveUnfinished(unfinished, options);
        try
        {
            return new(OpenPath.Claim(unfinished), readOnly: false, options, schema);
        }
        catch (StoreException e) when (e.Kind is not StoreError.Locked)
        {
            // A locked one is another program's.
            DeleteWithLog(unfinished);
            throw;
        }
    }

    static void RemoveUnfinished(string unfinished, StoreOptions options)
    {
        try
        {
            // Opening it tells whether a program is at it right now.
            using var openPath = OpenPath.Claim(unfinished);
            Database.Open(unfinished, readOnly: false, options).Dispose();
        }
        catch (StoreException e) when (e.Kind is StoreError.NotADatabase)
        {
        }

        DeleteWithLog(unfinished);
    }

    static void DeleteWithLog(string path)
    {
        File.Delete(path);
        File.Delete(OpenPath.LogOf(path));
    }
}
