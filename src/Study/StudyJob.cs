using LocalOpinions.Analysis;
using LocalOpinions.Analysis.Panels;
using LocalOpinions.Analysis.References;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sharding;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Store.Schema;
using LocalOpinions.Study.Findings;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Study;

/// <summary>Where and how fast a study is computed; nothing that its results should depend on.</summary>
/// <param name="Output">The results file.</param>
/// <param name="ModelOf">Gives the model that a declaration names, to be computed with so many native threads; null for it to
/// choose.</param>
/// <param name="Monitor">Told which part begins, and shown how far it is.</param>
public sealed record StudyMachine(string Output, Func<string, int?, IAskedModel> ModelOf, IWorkMonitor Monitor)
{
    /// <summary>Which piece of the study is asked; it is stored, and neither scored nor judged. Null for all of it.</summary>
    public Shard? Shard { get; init; }
}

/// <summary>What came of a study.</summary>
public sealed record StudyOutcome
{
    /// <summary>The results file.</summary>
    public required string File { get; init; }

    /// <summary>The study's number in it; 0 where it was interrupted.</summary>
    public required int StudyId { get; init; }

    /// <summary>SHA-256 of the declaration, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The survey's name.</summary>
    public required string Survey { get; init; }

    /// <summary>Terms or warnings that belong beside every number of the survey; null where there are none.</summary>
    public required string? Notice { get; init; }

    /// <summary>Whether it was ended before its time.</summary>
    public required bool Interrupted { get; init; }

    /// <summary>The piece of it that was asked, "3/16", and the answers that are stored of it; null for all of it.</summary>
    public StudyShard? Shard { get; init; }

    /// <summary>Its runs, those of answerers with known results first.</summary>
    public required IReadOnlyList<StudyRunRow> Runs { get; init; }

    /// <summary>The models' names as stored, by number.</summary>
    public required IReadOnlyDictionary<int, string> Models { get; init; }

    /// <summary>All findings, in order; empty where it was interrupted.</summary>
    public required IReadOnlyList<FindingRow> Findings { get; init; }

    /// <summary>
    /// Parts of a model's study that its imported answers lack, the country that each would name, and what would be needed.
    /// </summary>
    /// <param name="modelId">The model.</param>
    public IEnumerable<(string Part, string? Country, string Note)> NotImported(int modelId) =>
        Findings.Where(f => f.ModelId == modelId && f.Measure == CountFindings.NotImported).Select(f => (f.Part, f.Subject, f.Note!));
}

/// <summary>A piece of a study that was asked.</summary>
/// <param name="Shard">"3/16".</param>
/// <param name="Parts">Parts of models that have prompts in it.</param>
/// <param name="Answered">Prompts answered in this session.</param>
/// <param name="AlreadyAnswered">Prompts that an earlier session had answered.</param>
public sealed record StudyShard(string Shard, int Parts, long Answered, long AlreadyAnswered);

/// <summary>
/// Runs every part of a study for every model that is asked, looks the runs of imported answers up, then has the answerers whose results
/// are known, and computes what it found. The same study goes on where it stopped.
/// </summary>
/// <param name="study">What is asked.</param>
/// <param name="machine">Where and how it is computed.</param>
public sealed class StudyJob(StudyDeclaration study, StudyMachine machine)
{
    /// <summary>Runs it.</summary>
    /// <param name="cancellation">Ends it early; what was answered is stored, and the outcome says so.</param>
    /// <exception cref="Engine.EngineException">A model cannot be used, or not be asked so.</exception>
    /// <exception cref="SurveyException">The survey cannot be used.</exception>
    /// <exception cref="StoreException">The results file cannot be used; what was answered before is stored.</exception>
    public async Task<StudyOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        var loaded = SurveySource.Load(study.Survey);
        var survey = study.Policy().Apply(loaded);
        var parts = StudyParts.Of(study, loaded);
        foreach (var model in study.Models)
            machine.ModelOf(model, null).Require(PromptDesign.For(parts[0].Design, loaded, study.Survey));
        var stretches = StudyLine.Of(study, loaded, parts, machine.Shard, name => machine.ModelOf(name, null).Bytes);
        // Of a shard only the files that it reads: to hash the others takes longer than to ask them.
        var read = study with { Models = [.. stretches.Select(s => s.Model).Distinct()] };
        await DeclaredFiles.RequireAsync(read, machine.Output, name => machine.ModelOf(name, null), cancellation);
        // What is not there is told before anything is asked.
        ImportedAnswers.FindIn(machine.Output, study, loaded, survey);
        if (StudyReach.Limits(study, survey) is { } limits)
            machine.Monitor.Warn(limits);
        // Threads are chosen once: measuring them before each part would take longer than it gains.
        int? threads = null;
        string? file = null;
        List<StudyRun> runs = [];
        Dictionary<string, string> asked = [];
        var (answered, already) = (0L, 0L);
        foreach (var (begun, (model, part, shard)) in stretches.Index())
        {
            var design = PromptDesign.For(part.Design, loaded, study.Survey);
            machine.Monitor.Begin($"{begun + 1} of {stretches.Count}: {model}, {part.Name}: {design.Describe()}");
            var run = await RunAsync(model, part, shard, threads, file, cancellation);
            if (run is not null && !asked.TryAdd(model, run.ModelSha256) && asked[model] != run.ModelSha256)
                throw new InputException($"{model} was replaced by another file while the study ran. What was answered is stored; run "
                    + "the study again when the file stays.");
            threads ??= run?.Threads;
            file ??= run?.FileIdentity;
            (answered, already) = (answered + (run?.Answered ?? 0), already + (run?.AlreadyAnswered ?? 0));
            // A persona's run is a part of its country's, which stands beside it.
            runs.AddRange((run?.Runs ?? []).Where(r => part.GoesBy(r.Reading, study) && r.Persona is null)
                .Select(r => new StudyRun(part, model, r.RunId, r.PromptedCountry) { Template = r.Template }));
            if (run is not { Interrupted: false })
                return Outcome(study, survey, 0, runs, new Dictionary<int, string>(), [], interrupted: true);
        }
        // A piece in which nothing is asked is a file all the same: whoever merges the pieces looks for each.
        if (machine.Shard is not null && stretches.Count == 0)
            ResultsFile.Open(machine.Output).Dispose();
        if (machine.Shard is { } piece)
            return Outcome(study, survey, 0, runs, new Dictionary<int, string>(), []) with
            {
                Shard = new($"{piece}", stretches.Count, answered, already),
            };
        machine.Monitor.Begin("findings");
        var declared = asked.ToDictionary(
            a => a.Key, a => DeclaredFiles.AsDeclared(study, a.Key, machine.ModelOf(a.Key, threads), a.Value));
        return Conclude(declared, parts, loaded, survey, runs, file);
    }

    /// <summary>Runs a part; null where it was interrupted before its first answer, as while its model was loaded.</summary>
    async Task<RunOutcome?> RunAsync(
        string model, AskedPart part, ShardRange? shard, int? threads, string? file, CancellationToken cancellation)
    {
        try
        {
            return await new RunJob(new()
            {
                Model = machine.ModelOf(model, threads).KnownAs(study.Sha256?.GetValueOrDefault(model)),
                Job = study.JobOf(part),
                Output = machine.Output,
                OutputIdentity = file,
                Shard = shard,
                Monitor = machine.Monitor,
            }).ExecuteAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    StudyOutcome Outcome(
        StudyDeclaration study, Survey survey, int id, IReadOnlyList<StudyRunRow> runs, IReadOnlyDictionary<int, string> models,
        IReadOnlyList<FindingRow> findings, bool interrupted = false) => new()
        {
            File = machine.Output,
            StudyId = id,
            Sha256 = StudyFile.Sha256(study),
            Survey = survey.Name,
            Notice = survey.Notice,
            Interrupted = interrupted,
            Runs = runs,
            Models = models,
            Findings = findings,
        };

    StudyOutcome Conclude(IReadOnlyDictionary<string, string> asked, IReadOnlyList<AskedPart> parts, Survey loaded, Survey survey,
        List<StudyRun> runs, string? file)
    {
        using var results = ResultsFile.Open(machine.Output, StoreOptions.Default with { Identity = file });
        var imported = ImportedAnswers.Find(results, study, loaded, survey);
        var pinned = DeclaredFiles.Pinned(study, asked, imported, loaded, parts);
        runs.AddRange(imported.SelectMany(i => i.Runs));
        var lookedUp = imported.SelectMany(i => i.Parts).ToLookup(p => p.Model);
        var studyId = results.AddStudy(StudyFile.Write(pinned), StudyFile.Sha256(pinned), ToolVersion.Text);
        var surveyId = SurveySource.AddTo(results, survey, study.Survey);
        List<StudyRunRow> answererRuns = [];
        List<FindingRow> findings = [];
        if (study.Controls != "none")
            findings.AddRange(Answerers(results, survey, surveyId, answererRuns));
        var data = new StudyData(results, surveyId, study.Seed, study.Resamples);
        Dictionary<int, string> models = [];
        foreach (var ofModel in runs.GroupBy(r => r.Model))
        {
            var (modelId, name) = ModelOf(results, ofModel.First().RunId);
            models[modelId] = name;
            findings.AddRange(new StudyFindings(results, data, loaded, survey, study, modelId, [.. ofModel]).All());
            findings.AddRange(CountFindings.OfImported(modelId, lookedUp[ofModel.Key]));
        }
        List<StudyRunRow> all = [.. answererRuns, .. runs];
        results.ReplaceFindings(studyId, all, findings);
        return Outcome(pinned, survey, studyId, all, models, findings);
    }

    /// <summary>The whole scoring path is checked before any number of the study is shown.</summary>
    IEnumerable<FindingRow> Answerers(ResultsFile results, Survey survey, int surveyId, List<StudyRunRow> runs)
    {
        var labels = ReferenceRun.Countries(results, surveyId);
        var people = survey.People();
        var named = PromptedGroups.Named(study.Countries, survey, study.Survey)
            .SelectMany(c => PromptedGroups.LabelsAmong(people, c)).ToHashSet();
        foreach (var answerer in labels.Where(named.Contains).Select(l => new ReferenceAnswerer(l))
            .Prepend(ReferenceAnswerer.Uniform))
        {
            var outcome = ReferenceRun.Execute(results, surveyId, answerer);
            if (!outcome.AsTheorySays)
                throw new InvalidOperationException($"the control \"{outcome.Answerer}\" does not come out as theory says, so no number "
                    + $"of {machine.Output} can be trusted");
            runs.Add(new(answerer.Control, outcome.RunId));
            yield return new(null, ControlFindings.Topic, answerer.Control, answerer.Country, answerer.Country is null
                ? "largest error against theory" : "oracle's similarity to its country", (int)outcome.N, answerer.Country is null
                ? outcome.LargestError : outcome.OwnSimilarityBits!.Value)
            {
                Note = answerer.Country is null ? "0 as it must be" : "1 as it must be",
            };
        }
    }

    static StoredModel ModelOf(ResultsFile results, int runId) =>
        results.Read<StoredModel>(
            $"SELECT model_id, m.model AS name FROM runs JOIN ({ModelLabels.Query}) AS m USING (model_id) WHERE run_id = ?",
            runId).Single();

    sealed record StoredModel(int ModelId, string Name);
}
