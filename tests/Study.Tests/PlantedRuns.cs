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
    public static int Add(ResultsFile results, int modelId, int surveyId, IReadOnlyDictionary<int, double[]> answers,
        string? country = null, double offMenu = 0)
    {
        var run = results.BeginRun(new()
        {
            ModelId = modelId,
            SurveyId = surveyId,
            Condition = country is null ? "default" : "cross-national",
            PromptedCountry = country,
            TemplateName = "made up",
            TemplateVersion = "1",
            TemplateSha256 = "template",
            Ending = "paren",
            OptionOrder = "faithful",
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
        results.Append([.. answers.Select(answer => new AnswerRow
        {
            RunId = run,
            SourceRow = answer.Key,
            OrderIndex = 0,
            LabelMass = 1 - offMenu,
            OffMenu = offMenu,
            TokenCount = 1,
            Boundary = "natural",
            Options = [.. Enumerable.Range(0, answer.Value.Length)],
            LogProbs = [.. answer.Value.Select(p => Math.Log(p))],
            Probs = answer.Value,
        })], []);
        results.EndRun(run, new("complete", 0, 0, 0));
        return run;
    }
}
