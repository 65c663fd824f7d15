namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    readonly Dictionary<int, RunState> _runs = [];

    /// <summary>Begins a session of a run: a new run, or the one that has the same key.</summary>
    /// <exception cref="ArgumentException">The model or the survey is not in this file.</exception>
    public RunHandle BeginRun(RunRow run)
    {
        lock (_gate)
        {
            var (runId, state) = Write(() =>
            {
                var id = FindOrInsert(run);
                // One writer: a session that still counts as running was killed.
                _connection.Execute("UPDATE run_sessions SET status = 'killed' WHERE run_id = ? AND status = 'running'", id);
                _connection.Execute(
                    "INSERT INTO run_sessions SELECT ?, coalesce(max(session), 0) + 1, ?, NULL, 'running', NULL, NULL, ?, ?, ? FROM run_sessions WHERE run_id = ?",
                    id, DateTime.UtcNow, run.Threads, run.Machine, run.ToolVersion, id);
                return (id, RunState.Load(_connection, id));
            });
            _runs[runId] = state;
            return new RunHandle(runId, state.Answered.ToHashSet(), state.Unanswered.ToHashSet());
        }
    }

    /// <summary>Ends the session that <see cref="BeginRun"/> began.</summary>
    /// <exception cref="InvalidOperationException">No session of this run is open.</exception>
    public void EndRun(int runId, RunEnd end)
    {
        lock (_gate)
        {
            RequireBegun(runId);
            Write(() => _connection.Execute(
                "UPDATE run_sessions SET status = ?, seconds = ?, tokens_decoded = ?, finished_at = ? WHERE run_id = ? AND status = 'running'",
                end.Status, end.Seconds, end.TokensDecoded, DateTime.UtcNow, runId));
            _runs.Remove(runId);
        }
    }

    /// <summary>Every run of the file, in the order they were begun.</summary>
    public IReadOnlyList<RunInfo> Runs()
    {
        using var query = Query(
            """
            SELECT o.run_id, o.model, o.survey, s.notice, o.condition, o.prompted_country, o.template, o.ending, o.exact,
                   o.questions, o.answered, o.unanswered, o.mean_label_mass, o.mean_off_menu, o.forced_boundaries,
                   o.tokens, o.seconds, o.started_at, o.finished_at, o.status, o.model_sha256, o.engine_build, o.device
            FROM run_overview AS o JOIN runs USING (run_id) JOIN surveys AS s USING (survey_id)
            ORDER BY o.run_id
            """);
        return [.. query.Rows.Select(r => new RunInfo(
            (int)r[0]!, (string)r[1]!, (string)r[2]!, (string?)r[3], (string)r[4]!, (string?)r[5], (string)r[6]!, (string)r[7]!, (bool)r[8]!,
            (long)r[9]!, (long)r[10]!, (long)r[11]!, (double?)r[12], (double?)r[13], (long)r[14]!,
            (long?)r[15], (double?)r[16], (DateTime)r[17]!, (DateTime?)r[18], (string)r[19]!, (string)r[20]!, (string)r[21]!, (string)r[22]!))];
    }

    int FindOrInsert(RunRow run)
    {
        var modelSha256 = _connection.Scalar("SELECT sha256 FROM models WHERE model_id = ?", run.ModelId) as string
            ?? throw new ArgumentException($"Model {run.ModelId} is not in {FullPath}.", nameof(run));
        var surveySha256 = _connection.Scalar("SELECT sha256 FROM surveys WHERE survey_id = ?", run.SurveyId) as string
            ?? throw new ArgumentException($"Survey {run.SurveyId} is not in {FullPath}.", nameof(run));
        var key = RunKey.Of(run, modelSha256, surveySha256);
        if (_connection.Scalar("SELECT run_id FROM runs WHERE key = ?", key) is int known)
            return known;
        var id = NextId("runs", "run_id");
        _connection.Execute(
            "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            id, key, run.ModelId, run.SurveyId, run.Condition, run.PromptedCountry, run.TemplateName, run.TemplateVersion,
            run.TemplateSha256, run.Ending, run.OptionOrder, run.Exact, run.KvType, run.FlashAttention, run.EngineBuild, run.Device);
        return id;
    }

    RunState RequireBegun(int runId) => _runs.TryGetValue(runId, out var state)
        ? state
        : throw new InvalidOperationException($"Run {runId} has not been begun; call BeginRun first.");
}
