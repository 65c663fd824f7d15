using LocalOpinions.Engine;
using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>Where and how fast a study is computed; nothing that its results should depend on.</summary>
sealed record StudyMachine(string Output, DeviceChoice Device, int? Threads, bool Quiet);

/// <summary>What came of a study.</summary>
/// <param name="Findings">All of them, in order; empty where it was interrupted.</param>
/// <param name="Models">The models' names as stored, by number.</param>
sealed record StudyOutcome(
    string File, int StudyId, string Sha256, string Survey, string? Notice, bool Interrupted, IReadOnlyList<StudyRunRow> Runs, IReadOnlyDictionary<int, string> Models, IReadOnlyList<FindingRow> Findings);

/// <summary>Runs every part of a study for every model, then the answerers whose results are known, and computes what it found. The same study goes on where it stopped.</summary>
sealed class StudyJob(StudyDeclaration study, StudyMachine machine)
{
    public async Task<StudyOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        var loaded = SurveySource.Load(study.Survey);
        var survey = study.Policy().Apply(loaded);
        foreach (var model in study.Models)
            ModelHeader.Read(ModelChoice.Find(model));
        var parts = StudyParts.Of(study, loaded);
        // Threads are chosen once: measuring them before each part would take longer than it gains.
        var threads = machine.Threads;
        List<StudyRun> runs = [];
        var begun = 0;
        foreach (var model in study.Models)
        {
            foreach (var part in parts)
            {
                Say($"{++begun} of {study.Models.Count * parts.Count}: {model}, {part.Name}: {part.Asking.For(loaded, study.Survey).Describe()}");
                var request = new RunRequest(
                    model, study.Survey, machine.Output, study.Limit, machine.Device, threads, Exact: false, part.Asking, Probe: false, machine.Quiet, part.Sample, study.Seed)
                {
                    Policy = study.Policy(),
                };
                var run = await new RunJob(request).ExecuteAsync(cancellation);
                threads ??= run.Threads;
                runs.AddRange(run.Runs.Select(r => new StudyRun(part, model, r.RunId, r.PromptedCountry)));
                if (run.Interrupted)
                    return new(machine.Output, 0, StudyFile.Sha256(study), survey.Name, survey.Notice, true, Rows(runs), new Dictionary<int, string>(), []);
            }
        }
        Say("findings");
        return Conclude(survey, runs);
    }

    StudyOutcome Conclude(Survey survey, List<StudyRun> runs)
    {
        using var results = ResultsFile.Open(machine.Output);
        var studyId = results.AddStudy(StudyFile.Write(study), StudyFile.Sha256(study), typeof(StudyJob).Assembly.GetName().Version!.ToString(3));
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
            findings.AddRange(new StudyFindings(results, data, survey, study, modelId, [.. ofModel]).All());
        }
        List<StudyRunRow> all = [.. answererRuns, .. Rows(runs)];
        results.ReplaceFindings(studyId, all, findings);
        return new(machine.Output, studyId, StudyFile.Sha256(study), survey.Name, survey.Notice, false, all, models, findings);
    }

    /// <summary>The whole scoring path is checked before any number of the study is shown.</summary>
    IEnumerable<FindingRow> Answerers(ResultsFile results, Survey survey, int surveyId, List<StudyRunRow> runs)
    {
        var labels = AnswererJob.Countries(results, surveyId);
        var named = PromptedGroups.Named(study.Countries, survey, study.Survey).Select(c => c.PromptedAs).ToHashSet();
        foreach (var answerer in labels.Where(l => named.Contains(l) || named.Contains(survey.GroupOf(l).Name)).Select(l => new Answerer(l)).Prepend(Answerer.Uniform))
        {
            var outcome = AnswererJob.Execute(results, surveyId, answerer);
            if (!outcome.AsTheorySays)
                throw new InvalidOperationException($"the control \"{outcome.Answerer}\" does not come out as theory says, so no number of {machine.Output} can be trusted");
            runs.Add(new(answerer.Control, outcome.RunId));
            yield return new(null, ControlFindings.Topic, answerer.Control, answerer.Country, answerer.Country is null ? "largest error against theory" : "oracle's similarity to its country", (int)outcome.N, answerer.Country is null ? outcome.LargestError : outcome.OwnSimilarityBits!.Value)
            {
                Note = answerer.Country is null ? "0 as it must be" : "1 as it must be",
            };
        }
    }

    static (int Id, string Name) ModelOf(ResultsFile results, int runId)
    {
        using var rows = results.Query("SELECT model_id, name FROM runs JOIN models USING (model_id) WHERE run_id = ?", runId);
        return rows.Rows.Select(r => ((int)r[0]!, (string)r[1]!)).Single();
    }

    static List<StudyRunRow> Rows(IEnumerable<StudyRun> runs) => [.. runs.Select(r => new StudyRunRow(r.Part.Name, r.RunId))];

    void Say(string what)
    {
        if (!machine.Quiet)
            Console.Error.WriteLine(Screen.Clean(what));
    }
}
