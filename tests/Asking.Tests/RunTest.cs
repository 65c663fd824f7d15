using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Store;

namespace LocalOpinions.Asking.Tests;

/// <summary>A folder of its own for each test, gone afterwards, and runs of the sample survey in it.</summary>
public abstract class RunTest : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("localopinions-asking-").FullName;

    protected string At(string name) => Path.Combine(_folder, name);

    internal static AskingJob Sample(int? limit = null) =>
        new() { Survey = SurveySource.Sample, Design = DesignChoice.Default, Limit = limit };

    internal Task<RunOutcome> RunAsync(
        IAskedModel model, AskingJob job, string file = "r.duckdb", CancellationToken cancellation = default) =>
        new RunJob(new() { Model = model, Job = job, Output = At(file) }).ExecuteAsync(cancellation);

    protected long Count(string sql, string file = "r.duckdb")
    {
        using var results = ResultsFile.OpenReadOnly(At(file));
        using var query = results.Query(sql);
        return Convert.ToInt64(query.Rows.Single()[0]);
    }

    /// <summary>A number that two files share if their answers and similarities are the same rows.</summary>
    protected string Rows(string file = "r.duckdb")
    {
        using var results = ResultsFile.OpenReadOnly(At(file));
        using var query = results.Query(
            """
            SELECT (SELECT bit_xor(hash(a)) || ' ' || count(*) FROM (SELECT * EXCLUDE (run_id) FROM answers) AS a)
                || ' ' || (SELECT bit_xor(hash(s)) || ' ' || count(*) FROM (SELECT * EXCLUDE (run_id) FROM similarities) AS s)
            """);
        return (string)query.Rows.Single()[0]!;
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
