using LocalOpinions.Store.Connections;

namespace LocalOpinions.Store.Merging;

/// <summary>
/// Finds what files contradict each other in before any of them is merged. Of each row that two files might hold differently a digest of
/// 24 bytes is kept (run and row, what it says), so that no two files are ever open at once; a difference is then looked at as it is.
/// </summary>
/// <param name="connection">The open file's.</param>
/// <param name="columns">The open file's.</param>
/// <param name="targetPath">The open file's path.</param>
sealed class MergeConflicts(Connection connection, OwnColumns columns, string targetPath) : IDisposable
{
    const string Target = "", Runs = "runs", Surveys = "surveys";

    readonly List<string> _paths = [];

    /// <summary>Reads a file.</summary>
    public void Add(MergeSource file)
    {
        if (_paths.Count == 0)
            connection.Execute("CREATE OR REPLACE TEMP TABLE merge_digests (kind VARCHAR, id UBIGINT, facts UBIGINT, file INTEGER)");
        Digest($"{file.Name}.", file.Has, _paths.Count, "true");
        _paths.Add(file.Path);
    }

    /// <summary>Tells the first contradiction among the files, and between them and the open one.</summary>
    /// <param name="attach">Attaches a file by its path and a name.</param>
    /// <exception cref="StoreException">There is one (<see cref="StoreError.MergeConflict"/>); the message names both files.</exception>
    public void Require(Func<string, string, MergeSource> attach)
    {
        if (_paths.Count == 0)
            return;
        // Of the open file only what others have too: it may be far larger than all of them.
        Digest(Target, _ => true, -1, "hash(r.key) IN (SELECT id FROM temp.merge_digests WHERE kind = 'runs')");
        foreach (var clash in connection.Read<Clash>(
            """
            SELECT DISTINCT kind, earlier, later FROM (
                SELECT kind, min(file) AS earlier, min(file) FILTER (facts <> first_facts) AS later
                FROM (SELECT *, first_value(facts) OVER (PARTITION BY kind, id ORDER BY file) AS first_facts FROM temp.merge_digests
                    WHERE facts IS NOT NULL)
                GROUP BY kind, id HAVING min(facts) <> max(facts))
            ORDER BY later, earlier, kind
            """))
        {
            using var later = attach(_paths[clash.Later], "merge_later");
            using var earlier = clash.Earlier < 0 ? null : attach(_paths[clash.Earlier], "merge_earlier");
            if (What(clash.Kind, later, earlier is null ? Target : $"{earlier.Name}.") is { } what)
                throw new StoreException(StoreError.MergeConflict,
                    $"{later.Path} and {earlier?.Path ?? targetPath} {what}. Leave one of them out; nothing was merged.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Execute("DROP TABLE IF EXISTS temp.merge_digests");

    void Digest(string of, Predicate<string> has, int file, string runs)
    {
        Add(Surveys, "hash(sha256)", "hash(topic_table)", $"{of}surveys");
        // A run without a plan contradicts none; it stands here too, since the open file is asked for the runs that others have.
        Add(Runs, "hash(r.key)", "CASE WHEN r.plan_sha256 IS NOT NULL THEN hash(r.plan_sha256) END", $"{of}runs AS r", runs);
        foreach (var (table, keys) in MergeTables.OfRuns.Where(t => has(t.Table)))
        {
            if (Facts(table, keys) is { Count: > 0 } facts)
                Add(table, $"hash(r.key, {List(keys)})", $"hash({List(facts)})",
                    $"{of}{table} AS s JOIN {of}runs AS r USING (run_id)", runs);
        }

        void Add(string kind, string id, string facts, string from, string where = "true") =>
            connection.Execute($"INSERT INTO temp.merge_digests SELECT '{kind}', {id}, {facts}, {file} FROM {from} WHERE {where}");

        static string List(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"s.{n}"));
    }

    List<string> Facts(string table, string[] keys) => [.. columns.Of(table).Except([.. keys, "run_id"])];

    /// <summary>What two files hold differently, in words; null where only digests happened to be equal.</summary>
    string? What(string kind, MergeSource file, string other)
    {
        var source = file.Name;
        if (kind == Surveys)
            return Text($"SELECT min(s.name) FROM {source}.surveys AS s JOIN {other}surveys AS t USING (sha256) "
                + "WHERE s.topic_table IS DISTINCT FROM t.topic_table") is { } survey
                ? $"hold the survey {survey} with its topics by different keyword tables, from different versions of this program. Score "
                    + "both with one version first" : null;
        if (kind == Runs)
            return Text($"SELECT min(key) FROM {source}.runs AS s JOIN {other}runs AS t USING (key) WHERE s.plan_sha256 <> t.plan_sha256")
                is { } key ? $"hold the same run ({Describe(source, key)}) with its prompts put together in different ways" : null;
        var keys = MergeTables.OfRuns.Single(t => t.Table == kind).Keys;
        var clashes =
            $"""
            FROM {source}.{kind} AS s JOIN {source}.runs AS m ON m.run_id = s.run_id JOIN {other}runs AS r ON r.key = m.key
            JOIN {other}{kind} AS t ON t.run_id = r.run_id AND {string.Join(" AND ", keys.Select(k => $"t.{k} = s.{k}"))}
            WHERE ({string.Join(" OR ", Facts(kind, keys).Select(f => $"s.{f} IS DISTINCT FROM t.{f}"))})
            """;
        var count = Convert.ToInt64(connection.Scalar($"SELECT count(*) {clashes}"), System.Globalization.CultureInfo.InvariantCulture);
        return count == 0 ? null : $"disagree on {count:N0} row{(count == 1 ? "" : "s")} of {kind}, first in question row "
            + $"{connection.Scalar($"SELECT min(s.source_row) {clashes}")} of the same run "
            + $"({Describe(source, Text($"SELECT min(m.key) {clashes}")!)})";
    }

    string Describe(string source, string key) => Text(
        $"""
        SELECT m.name || ', ' || r.condition || coalesce(', ' || r.prompted_country, '')
        FROM {source}.runs AS r JOIN {source}.models AS m USING (model_id) WHERE r.key = ?
        """, key) ?? key;

    string? Text(string sql, params ReadOnlySpan<object?> values) => connection.Scalar(sql, values) as string;

    sealed record Clash(string Kind, int Earlier, int Later);
}
