using LocalOpinions.Store.Rows;
using LocalOpinions.Store.Writing;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    readonly Dictionary<int, RunState> _runs = [];

    // A survey never changes, and the runs of one pass share it.
    readonly Dictionary<int, IReadOnlyDictionary<int, int>> _optionCounts = [];

    /// <summary>Begins a session of a run: a new run, or the one that has the same key.</summary>
    /// <exception cref="ArgumentException">The model or the survey is not in this file, or the survey has no such label.</exception>
    public RunHandle BeginRun(RunRow run)
    {
        lock (_gate)
        {
            var (runId, state) = Write(() =>
            {
                var id = FindOrInsert(run);
                StorePrompted(id, run);
                // One writer: a session that still counts as running was killed.
                _connection.Execute("UPDATE run_sessions SET status = 'killed' WHERE run_id = ? AND status = 'running'", id);
                _connection.Insert("run_sessions", new
                {
                    RunId = id,
                    Session = (int)_connection.Scalar("SELECT coalesce(max(session), 0) + 1 FROM run_sessions WHERE run_id = ?", id)!,
                    StartedAt = DateTime.UtcNow,
                    Status = "running",
                    run.Threads,
                    run.Machine,
                    run.ToolVersion,
                });
                return (id, RunState.Load(_connection, id, OptionCounts(run.SurveyId)));
            });
            _runs[runId] = state;
            return new RunHandle(runId, state.Answered.Concat(WrittenPrompts(runId)).ToHashSet(), state.Unanswered.ToHashSet());
        }
    }

    /// <summary>Ends the session that <see cref="BeginRun"/> began.</summary>
    /// <exception cref="InvalidOperationException">No session of this run is open.</exception>
    public void EndRun(int runId, RunEnd end)
    {
        lock (_gate)
        {
            RequireBegun(runId);
            Write(() =>
            {
                if (end.Waiting is { } waiting)
                    _connection.Execute("INSERT INTO session_waits SELECT run_id, started_at, ? FROM run_sessions WHERE run_id = ? AND "
                        + "status = 'running'", waiting, runId);
                _connection.Execute("UPDATE run_sessions SET status = ?, seconds = ?, tokens_decoded = ?, unshared_tokens = ?, finished_at "
                    + "= ? WHERE run_id = ? AND status = 'running'",
                    end.Status, end.Seconds, end.TokensDecoded, end.UnsharedTokens, DateTime.UtcNow, runId);
            });
            _runs.Remove(runId);
        }
    }

    /// <summary>Says how the run's prompts are put together, down to the last token: the hash identifies every decode of the run.</summary>
    /// <remarks>A run of very many prompts is planned part by part, so it may have answers before its whole plan is known.</remarks>
    /// <param name="runId">The run; it need not be begun.</param>
    /// <param name="sha256">SHA-256 of the plan, lower-case hexadecimal.</param>
    /// <exception cref="StoreException">The run has another plan already (<see cref="StoreError.PlanConflict"/>).</exception>
    /// <exception cref="ArgumentException">The run is not in this file, or the hash is empty.</exception>
    public void SetPlan(int runId, string sha256)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sha256);
        Write(() =>
        {
            SurveyOf(runId);
            var known = _connection.Scalar("SELECT plan_sha256 FROM runs WHERE run_id = ?", runId) as string;
            if (known == sha256)
                return;
            if (known is not null)
                throw PlanConflict($"under the plan {known}, and would now be under {sha256}", runId);
            _connection.Execute("UPDATE runs SET plan_sha256 = ? WHERE run_id = ?", sha256, runId);
        });
    }

    /// <summary>Every run of the file, in the order they were begun.</summary>
    public IReadOnlyList<RunInfo> Runs()
    {
        var (noise, rounding) = (Floors(NoiseFloors), Floors(RoundingFloors));
        var runs = Read<RunInfo>(
            """
            SELECT o.run_id, o.model, o.survey, s.notice AS survey_notice, o.condition, o.prompted_country, o.template, o.ending, o.exact,
                   o.questions, o.answered, o.unanswered, o.mean_label_mass, o.mean_off_menu, o.forced_boundaries,
                   o.tokens, o.seconds, o.started_at, o.finished_at, o.status, o.model_sha256, o.engine_build, o.device,
                   o.answers, o.option_order, o.plan, o.plan_sha256, o.unshared_tokens, o.sharing
            FROM run_overview AS o JOIN runs USING (run_id) JOIN surveys AS s USING (survey_id)
            ORDER BY o.run_id
            """);
        return [.. runs.Select(r => r with
        {
            NoiseFloor = noise.GetValueOrDefault(r.RunId),
            RoundingFloor = rounding.GetValueOrDefault(r.RunId),
        })];
    }

    StoreException PlanConflict(string how, int runId) => new(
        StoreError.PlanConflict,
        $"The prompts of run {runId} in {FullPath} were put together {how}; one run cannot hold both. Use another results file, or ask "
            + $"for the same as when the run began.");

    IReadOnlyDictionary<int, int> OptionCounts(int surveyId)
    {
        if (!_optionCounts.TryGetValue(surveyId, out var counts))
            _optionCounts.Add(surveyId, counts = RunState.LoadOptionCounts(_connection, surveyId));
        return counts;
    }

    /// <summary>The run with the same key, without beginning it; null where there is none.</summary>
    public int? FindRun(RunRow run)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return KeyOf(run) is { } key ? _connection.Scalar("SELECT run_id FROM runs WHERE key = ?", key) as int? : null;
        }
    }

    /// <summary>Runs that ask the same of the same model but compute it otherwise, so that their answers are not this run's.</summary>
    /// <param name="run">The run; it need not be in the file.</param>
    /// <returns>The latest first.</returns>
    public IReadOnlyList<OtherwiseComputed> FindOtherwiseComputed(RunRow run) => Read<OtherwiseComputed>(
        """
        SELECT run_id, plan, engine_build, device FROM runs
        WHERE model_id = ? AND survey_id = ? AND condition = ? AND prompted_country IS NOT DISTINCT FROM ?
            AND translation_sha256 IS NOT DISTINCT FROM ? AND control = ? AND reading = ? AND origin = ? AND template_sha256 = ?
            AND ending = ? AND option_order = ? AND exact = ? AND (plan <> ? OR engine_build <> ? OR device <> ?)
            AND coalesce((SELECT string_agg(setting || '=' || value, ' ' ORDER BY setting) FROM reading_settings AS s
                WHERE s.run_id = runs.run_id), '') = ?
        ORDER BY run_id DESC
        """, run.ModelId, run.SurveyId, run.Condition, run.PromptedCountry, run.TranslationSha256, run.Control, run.Reading, run.Origin,
        run.TemplateSha256, run.Ending, run.OptionOrder, run.Exact, run.Plan, run.EngineBuild, run.Device,
        string.Join(' ', run.ReadingSettings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}")));

    // Null where its model or survey is not in this file.
    string? KeyOf(RunRow run) =>
        _connection.Scalar("SELECT sha256 FROM models WHERE model_id = ?", run.ModelId) is string model
        && _connection.Scalar("SELECT sha256 FROM surveys WHERE survey_id = ?", run.SurveyId) is string survey
            ? RunKey.Of(run, model, survey) : null;

    int FindOrInsert(RunRow run)
    {
        var key = KeyOf(run)
            ?? throw new ArgumentException($"Model {run.ModelId} or survey {run.SurveyId} is not in {FullPath}.", nameof(run));
        if (_connection.Scalar("SELECT run_id FROM runs WHERE key = ?", key) is int known)
            return known;
        var id = NextId("runs", "run_id");
        if (run.Wording is not null)
            _connection.Execute("INSERT OR IGNORE INTO templates VALUES (?, ?)", run.TemplateSha256, run.Wording);
        _connection.Insert("runs", new
        {
            RunId = id,
            Key = key,
            run.ModelId,
            run.SurveyId,
            run.Condition,
            run.PromptedCountry,
            run.Language,
            run.Translation,
            run.TranslationSha256,
            run.Control,
            run.Reading,
            run.Origin,
            Template = run.TemplateName,
            run.TemplateVersion,
            run.TemplateSha256,
            run.Ending,
            run.OptionOrder,
            run.Plan,
            run.Exact,
            run.KvType,
            run.FlashAttention,
            run.EngineBuild,
            run.Device,
        });
        foreach (var (setting, value) in run.ReadingSettings)
            _connection.Insert("reading_settings", new { RunId = id, Setting = setting, Value = value });
        return id;
    }

    // Also of a run that is known: an earlier version may have known these people by what they are called alone.
    void StorePrompted(int runId, RunRow run)
    {
        _connection.Execute("DELETE FROM run_prompted WHERE run_id = ?", runId);
        foreach (var label in run.PromptedLabels)
            _connection.Insert("run_prompted", new
            {
                RunId = runId,
                CountryId = _connection.Scalar("SELECT country_id FROM countries WHERE survey_id = ? AND label = ?", run.SurveyId, label)
                    as int? ?? throw new ArgumentException($"Survey {run.SurveyId} has no country label \"{label}\".", nameof(run)),
            });
    }

    RunState RequireBegun(int runId) => _runs.TryGetValue(runId, out var state)
        ? state
        : throw new InvalidOperationException($"Run {runId} has not been begun; call BeginRun first.");
}
