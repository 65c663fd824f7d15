using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Benchmarks.StoreAtScale;

/// <summary>A results file with a real survey and made-up models that answer every question of it.</summary>
static class SyntheticModels
{
    const int RunsPerAppend = 10;

    /// <returns>Runs made, prompts and options appended, and the seconds that appending alone took.</returns>
    public static (int[] Runs, long Answers, long Options, double Seconds) Append(ResultsFile results, Survey survey, int models)
    {
        var surveyId = Add(results, survey);
        var seconds = 0.0;
        var (answers, options) = (0L, 0L);
        var runs = new List<int>();
        for (var first = 0; first < models; first += RunsPerAppend)
        {
            var batch = Enumerable.Range(first, Math.Min(RunsPerAppend, models - first))
                .Select(i => results.BeginRun(Run(AddModel(results, i), surveyId)).RunId).ToList();
            var rows = batch.SelectMany(run => survey.Questions.Select(q => Answer(run, q))).ToArray();
            var clock = System.Diagnostics.Stopwatch.StartNew();
            results.Append(rows, []);
            seconds += clock.Elapsed.TotalSeconds;
            answers += rows.Length;
            options += rows.Sum(r => (long)r.Options.Length);
            foreach (var run in batch)
                results.EndRun(run, new("complete", 1, 1, 1));
            runs.AddRange(batch);
        }

        return ([.. runs], answers, options, seconds);
    }

    static int Add(ResultsFile results, Survey survey)
    {
        var families = ItemFamilies.Of(survey.Questions);
        return results.AddSurvey(
            new(survey.Name, "benchmark", survey.Sha256, survey.Notice, Topics.Version),
            survey.Questions.Select(q => new QuestionRow(
                q.SourceRow, q.Source, q.Text, q.Options, [.. q.Humans.Select(h => new HumanRow(h.Country, [.. h.Probabilities]))])
            {
                Topics = Topics.Of(q.Text),
                Family = families[q.SourceRow],
                Kinds = [.. q.Kinds.Select(k => k.ToString().ToLowerInvariant())],
            }),
            survey.Questions.SelectMany(q => q.Humans).Select(h => h.Country).Distinct().Select(Countries.Find)
                .Select(c => new CountryRow(c.Label, c.Name, c.Iso3, c.Sample == SampleKind.NonNational ? "non-national" : "national",
                    Regions.Of(c.Iso3)?.Name, Regions.Of(c.Iso3)?.Subregion)));
    }

    static int AddModel(ResultsFile results, int number) =>
        results.AddModel(new()
        {
            Name = $"synthetic {number}",
            Path = $"/{number}.gguf",
            Sha256 = $"synthetic-{number}",
            Architecture = "none",
            Description = "made up",
            ParameterCount = 1,
            FileBytes = 1,
            Quantisation = "F32",
            VocabularySize = 1,
            ContextLength = 1,
        });

    static RunRow Run(int model, int survey) => new()
    {
        ModelId = model,
        SurveyId = survey,
        Condition = "default",
        PromptedCountry = null,
        TemplateName = "faithful",
        TemplateVersion = "1",
        TemplateSha256 = "none",
        Ending = "paren",
        OptionOrder = "faithful",
        Plan = "made up",
        Exact = false,
        KvType = "f16",
        FlashAttention = true,
        EngineBuild = "none",
        Device = "cpu",
        Threads = 1,
        Machine = "made up",
        ToolVersion = "0",
    };

    static AnswerRow Answer(int run, Question question)
    {
        var random = new Random(run * 4096 + question.SourceRow);
        var count = question.Options.Count;
        var (probs, logProbs) = (new double[count], new double[count]);
        var sum = 0.0;
        for (var i = 0; i < count; i++)
            sum += probs[i] = Math.Exp(3 * random.NextDouble());
        for (var i = 0; i < count; i++)
            logProbs[i] = Math.Log(0.9 * (probs[i] /= sum));
        return new()
        {
            RunId = run,
            SourceRow = question.SourceRow,
            OrderIndex = 0,
            LabelMass = 0.9,
            OffMenu = 0.1,
            TokenCount = 80,
            Boundary = "natural",
            Options = [.. Enumerable.Range(0, count)],
            LogProbs = logProbs,
            Probs = probs,
        };
    }
}
