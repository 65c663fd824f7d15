using LocalOpinions.Store;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Study.Tests;

/// <summary>Stores made-up models and their answers as runs.</summary>
static class PlantedRuns
{
    public static int AddModel(ResultsFile results, string name) => results.AddModel(new()
    {
        Name = name,
        Path = "nowhere",
        Sha256 = name,
        Architecture = "none",
        Description = "made up",
        ParameterCount = 0,
        FileBytes = 0,
        Quantisation = "none",
        VocabularySize = 0,
        ContextLength = 0,
    });

    /// <summary>A run with an answer to each of some questions, by source row; under a name where there is one.</summary>
    public static int Add(
        ResultsFile results, int modelId, int surveyId, IReadOnlyDictionary<int, double[]> answers, string? country = null)
    {
        var run = Begin(results, modelId, surveyId, country);
        results.Append([.. answers.Select(answer => Answer(run, answer.Key, answer.Value))], []);
        results.EndRun(run, new("complete", 0, 0, 0));
        return run;
    }

    /// <summary>A run without answers.</summary>
    public static int Begin(ResultsFile results, int modelId, int surveyId, string? country, string order = "faithful") =>
        results.BeginRun(new()
        {
            ModelId = modelId,
            SurveyId = surveyId,
            Condition = country is null ? "default" : "cross-national",
            PromptedCountry = country,
            PromptedLabels = country is null ? [] : [country],
            TemplateName = "made up",
            TemplateVersion = "1",
            TemplateSha256 = "template",
            Ending = "paren",
            OptionOrder = order,
            Plan = "none",
            Exact = true,
            KvType = "none",
            FlashAttention = false,
            EngineBuild = "none",
            Device = "none",
            Threads = 1,
            Machine = "none",
            ToolVersion = "0",
        }).RunId;

    /// <summary>An answer in the survey's own order.</summary>
    public static AnswerRow Answer(int run, int sourceRow, double[] probs) => new()
    {
        RunId = run,
        SourceRow = sourceRow,
        OrderIndex = 0,
        LabelMass = 1,
        OffMenu = 0,
        TokenCount = 1,
        Boundary = "natural",
        Options = [.. Enumerable.Range(0, probs.Length)],
        LogProbs = [.. probs.Select(p => Math.Log(p))],
        Probs = probs,
    };
}
