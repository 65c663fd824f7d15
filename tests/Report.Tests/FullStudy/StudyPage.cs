using LocalOpinions.Store;

namespace LocalOpinions.Report.Tests.FullStudy;

/// <summary>A made-up study of ten models under nine conditions, and its page; made once for all tests.</summary>
public sealed class StudyPage : IDisposable
{
    public const int Questions = 120;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localopinions-study-");
    readonly ResultsFile _results;

    public StudyPage()
    {
        var path = System.IO.Path.Combine(_folder.FullName, "study.duckdb");
        using (var file = ResultsFile.Open(path))
            StudyFile.Fill(file, models: 10, StudyFile.Conditions, Questions);
        _results = ResultsFile.OpenReadOnly(path);
        using var page = File.Create(Path);
        HtmlReport.Write(_results, page);
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "study.html");

    public List<object?[]> Sql(string sql)
    {
        using var query = _results.Query(sql);
        return [.. query.Rows];
    }

    /// <summary>How an address names a run.</summary>
    public string Key(int run) => ((string)Sql($"SELECT \"key\" FROM runs WHERE run_id = {run}")[0][0]!)[..16];

    /// <summary>A query's second column by its first, as the page prints it.</summary>
    public Dictionary<string, string> Sql(string sql, Func<object?, string> print) =>
        Sql(sql).ToDictionary(row => (string)row[0]!, row => print(row[1]));

    public void Dispose()
    {
        _results.Dispose();
        _folder.Delete(recursive: true);
    }
}

[CollectionDefinition(nameof(StudyPage))]
public sealed class StudyPageCollection : ICollectionFixture<StudyPage>;
