using System.Diagnostics;
using System.Globalization;
using System.Text;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Benchmarks.StoreAtScale;

/// <summary>Measures the store at its largest and writes <c>store.md</c>.</summary>
sealed class StorePage(Survey survey, int models, string folder)
{
    const int ModelsOfViews = 10, Repetitions = 5, ModelsInSql = 8;
    const string Sample =
        "SELECT a.probs, h.probabilities FROM answers AS a JOIN human_distributions AS h USING (source_row) WHERE a.run_id = 1";

    readonly StringBuilder _page = new();
    readonly List<(string Way, double PairsPerSecond)> _ways = [];

    public string Write()
    {
        Line($"`{survey.Name}`: {survey.Questions.Count:N0} questions, {survey.Questions.Sum(q => q.Humans.Count):N0} pairs of question "
            + $"and country. One run of the program.");
        var path = Path.Combine(folder, "models.duckdb");
        using (var results = ResultsFile.Open(path))
        {
            Append(results);
            Score(results, path);
            InSql(results);
            InPython(results);
        }

        Line("\n| the same divergences | pairs/s | score is faster |\n|--|--:|--:|");
        foreach (var (way, rate) in _ways)
            Line($"| {way} | {rate:N0} | {(way == _ways[0].Way ? "" : $"{_ways[0].PairsPerSecond / rate:N1} times")} |");
        File.Delete(path);
        Views();
        return _page.ToString();
    }

    void Append(ResultsFile results)
    {
        var (_, answers, options, seconds) = SyntheticModels.Append(results, survey, models);
        Line($"\n| step | amount | seconds | rate |\n|--|--:|--:|--:|");
        Line($"| append answers of {models:N0} models, checked, in one transaction per ten models | {answers:N0} answers, {options:N0} "
            + $"options | {seconds:F1} | {answers / seconds:N0} answers/s, {options / seconds:N0} options/s |");
    }

    void Score(ResultsFile results, string path)
    {
        var clock = Stopwatch.StartNew();
        var pairs = results.Score(options: new() { Resamples = 0 }).Pairs.Values.Sum();
        var seconds = clock.Elapsed.TotalSeconds;
        Line($"| score: read, kernel, means by region, topic and source, human lines, write, commit | {pairs:N0} pairs | {seconds:F1} | "
            + $"{pairs / seconds:N0} pairs/s |");
        Line($"| writing a file of 512 MB to the same disk, flushed | | {512 / DiskRate():F1} | {DiskRate():N0} MB/s |");
        Line($"\nResults file after that: {new FileInfo(path).Length / 1e6:N0} MB. Peak memory of the process, DuckDB's 256 MB included: "
            + $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB.");
        _ways.Add(("`score` end to end", pairs / seconds));
    }

    void InSql(ResultsFile results)
    {
        foreach (var function in new[] { "simd_js_divergence", "js_divergence" })
        {
            // End to end as well: read, compute, write.
            var sql = $"""
                CREATE OR REPLACE TABLE in_sql AS SELECT a.run_id, a.source_row, h.country_id, {function}(a.probs,
                    h.probabilities) AS js_bits
                FROM answers AS a JOIN human_distributions AS h USING (source_row) WHERE a.run_id <= {ModelsInSql}
                """;
            var seconds = Median(() => results.Query(sql).Dispose());
            using var count = results.Query("SELECT count(*) FROM in_sql");
            _ways.Add(($"`{function}` in SQL, "
                + $"{(function.StartsWith("simd", StringComparison.Ordinal) ? "the kernel as a vectorised function" : "list functions")}, "
                + $"{ModelsInSql} models", Convert.ToInt64(count.Rows.First()[0]) / seconds));
        }

        results.Query("DROP TABLE in_sql").Dispose();
    }

    void InPython(ResultsFile results)
    {
        var rows = Path.Combine(folder, "pairs.json");
        results.Query($"COPY ({Sample}) TO '{rows}' (FORMAT json)").Dispose();
        var script = Path.Combine(Results.Root(), "benchmarks", "compare", "score_pairs.py");
        var start = new ProcessStartInfo("python3", [script, rows]) { RedirectStandardOutput = true };
        using var python = Process.Start(start)!;
        foreach (var line in python.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var cells = line.Split('\t');
            _ways.Add((cells[0], double.Parse(cells[1], CultureInfo.InvariantCulture)));
        }

        python.WaitForExit();
        if (python.ExitCode != 0)
            throw new InvalidOperationException($"{script} failed. It needs numpy and scipy: apt-get install python3-scipy");
    }

    void Views()
    {
        using var results = ResultsFile.Open(Path.Combine(folder, "views.duckdb"));
        SyntheticModels.Append(results, survey, ModelsOfViews);
        var clock = Stopwatch.StartNew();
        var summary = results.Score(options: new() { Resamples = 10_000 });
        Line($"\nIntervals of {ModelsOfViews} models and {summary.Comparisons} paired comparisons, 10,000 replicates each: "
            + $"{clock.Elapsed.TotalSeconds:F0} s.");
        Line($"\nEvery view whole (all rows, all columns: `SELECT count(*), bit_xor(hash(v)) FROM view AS v`) with {ModelsOfViews} "
            + $"models, median of {Repetitions}:\n\n| view | rows | ms |\n|--|--:|--:|");
        using var views = results.Query("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY view_name");
        foreach (var view in views.Rows.Select(r => (string)r[0]!).ToList())
        {
            var rows = 0L;
            var seconds = Median(() =>
            {
                using var query = results.Query($"SELECT count(*), bit_xor(hash(v)) FROM {view} AS v");
                rows = Convert.ToInt64(query.Rows.First()[0]);
            });
            Line($"| {view} | {rows:N0} | {1000 * seconds:N0} |");
        }
    }

    double DiskRate()
    {
        if (_diskRate > 0)
            return _diskRate;
        var path = Path.Combine(folder, "disk");
        var block = new byte[1 << 20];
        Random.Shared.NextBytes(block);
        var clock = Stopwatch.StartNew();
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0))
        {
            for (var i = 0; i < 512; i++)
                file.Write(block);
            file.Flush(flushToDisk: true);
        }

        _diskRate = 512 / clock.Elapsed.TotalSeconds;
        File.Delete(path);
        return _diskRate;
    }

    double _diskRate;

    static double Median(Action action)
    {
        action();
        var times = new double[Repetitions];
        for (var i = 0; i < Repetitions; i++)
        {
            var clock = Stopwatch.StartNew();
            action();
            times[i] = clock.Elapsed.TotalSeconds;
        }

        Array.Sort(times);
        return times[Repetitions / 2];
    }

    void Line(string text)
    {
        _page.Append(text).Append('\n');
        Console.Error.WriteLine(text);
    }
}
