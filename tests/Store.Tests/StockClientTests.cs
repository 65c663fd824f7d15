using System.Diagnostics;
using System.Text.Json;
using LocalOpinions.Store.Sql;
using LocalOpinions.Tests;

namespace LocalOpinions.Store.Tests;

/// <summary>A results file in DuckDB's own Node client of the same version: nothing in it needs this program.</summary>
public sealed class StockClientTests : StoreTest
{
    [Fact]
    public void Every_table_view_and_macro_works_there_and_says_the_same()
    {
        using (var results = ResultsFile.Open(File()))
        {
            Sample.FillAndScore(results);
            Sample.FillAndScore(results, r => Sample.Named(r, "Britain"));
        }

        List<string> relations;
        var expected = new List<long>();
        using (var results = ResultsFile.OpenReadOnly(File()))
        {
            relations = [.. Rows(results, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY 1")
                .Select(r => (string)r[0]!)];
            foreach (var relation in relations)
                expected.Add((long)Scalar(results, $"SELECT count(*) FROM \"{relation}\"")!);
        }

        Assert.Contains("country_similarity", relations);
        string[] calls =
        [
            .. new[] { "js_divergence", "similarity_bits", "similarity_nats", "total_variation", "wasserstein_ordinal" }
                .Select(m => $"{m}([0.2, 0.3, 0.5], [0.1, 0.6, 0.3])"),
            "entropy_norm([0.2, 0.3, 0.5])",
        ];
        List<string> queries = ["SELECT version()", .. relations.Select(r => $"SELECT count(*) FROM \"{r}\""),
            .. relations.Select(r => $"FROM \"{r}\""), .. calls.Select(c => $"SELECT {c}")];
        var answers = Ask(queries);
        Assert.Equal("v1.5.6", answers[0][0][0].GetString());
        Assert.Equal(expected, answers.Skip(1).Take(relations.Count).Select(a => long.Parse(a[0][0].GetString()!)));
        Assert.Equal(expected, answers.Skip(1 + relations.Count).Take(relations.Count).Select(a => (long)a.GetArrayLength()));
        using var again = ResultsFile.OpenReadOnly(File());
        foreach (var (call, answer) in calls.Zip(answers.TakeLast(calls.Length)))
            Assert.Equal((double)Scalar(again, $"SELECT CAST({call} AS DOUBLE)")!, answer[0][0].GetDouble(), 1e-15);
    }

    [Fact]
    public void Every_worked_query_works_there()
    {
        using (var results = ResultsFile.Open(File()))
            _ = new StudyFile(results);
        Assert.All(Ask([.. WorkedQuery.All.Select(q => q.Sql)]), rows => Assert.NotEqual(0, rows.GetArrayLength()));
    }

    List<JsonElement> Ask(List<string> queries)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Root, "tests", "Store.Tests", "stock-client", "query.mjs"),
            File()])
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = ChildProcess.Start(start);
        var errors = node.StandardError.ReadToEndAsync();
        var writing = Task.Run(() =>
        {
            foreach (var query in queries)
                node.StandardInput.WriteLine(JsonSerializer.Serialize(query));
            node.StandardInput.Close();
        });
        var lines = node.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        node.WaitForExit();
        writing.Wait();
        Assert.True(node.ExitCode == 0, errors.Result);
        Assert.Equal(queries.Count, lines.Length);
        return [.. lines.Select((line, i) =>
        {
            var answer = JsonDocument.Parse(line).RootElement;
            Assert.False(answer.TryGetProperty("error", out var error), $"{queries[i]}: {error}");
            return answer.GetProperty("rows");
        })];
    }

    static List<object?[]> Rows(ResultsFile results, string sql)
    {
        using var query = results.Query(sql);
        return [.. query.Rows];
    }
}
