using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Analysis.References;

/// <summary>
/// An answerer that is no model and whose results are known beforehand: a control of everything that happens to answers. <c>uniform</c>
/// finds every option equally likely; an <c>oracle</c> answers what the people of one country answered.
/// </summary>
/// <param name="Country">The label of the country whose people the oracle copies; null for the uniform answerer.</param>
public sealed record ReferenceAnswerer(string? Country)
{
    const int Version = 1;

    /// <summary>The uniform answerer.</summary>
    public static ReferenceAnswerer Uniform { get; } = new((string?)null);

    /// <summary>uniform or oracle.</summary>
    public string Control => Country is null ? "uniform" : "oracle";

    /// <summary>What results call it, in the place of a model's name.</summary>
    public string Name => Country is null ? "uniform answerer" : $"oracle: {Country}";

    /// <summary>It as a model; in the place of a file's hash stands that of what makes this answerer this one.</summary>
    public ModelRow ToModel() => new()
    {
        Name = Name,
        Path = "computed by the program",
        Sha256 = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"answerer/{Version} {Control} {Country}"))),
        Architecture = "none",
        Description = Country is null ? "every option equally likely" : $"the answers of the people of {Country}",
        ParameterCount = 0,
        FileBytes = 0,
        Quantisation = "none",
        VocabularySize = 0,
        ContextLength = 0,
    };

    /// <summary>Its run on a survey.</summary>
    /// <param name="modelId">Of <see cref="ToModel"/> in the file.</param>
    /// <param name="surveyId">The survey.</param>
    public RunRow ToRun(int modelId, int surveyId) => new()
    {
        ModelId = modelId,
        SurveyId = surveyId,
        Condition = "default",
        PromptedCountry = null,
        TemplateName = "none",
        TemplateVersion = "1",
        TemplateSha256 = "none",
        Ending = "none",
        OptionOrder = OptionOrders.SurveysOwn,
        Plan = "none",
        Exact = true,
        KvType = "none",
        FlashAttention = false,
        EngineBuild = "none",
        Device = "none",
        Threads = 0,
        Machine = "none",
        ToolVersion = Analysis.ToolVersion.Text,
        Control = Control,
    };

    /// <summary>Its answer to a question.</summary>
    /// <param name="options">How many options the question has.</param>
    /// <param name="people">What the people of <see cref="Country"/> answered; null where they were not asked.</param>
    /// <returns>One probability per option; or null, and in words why there is none.</returns>
    public (double[]? Probs, string? Reason) Answer(int options, double[]? people) => (Country, people) switch
    {
        _ when !OptionLimits.CanBeAsked(options) => (null, $"{options} options: no model can be asked"),
        (null, _) => (Enumerable.Repeat(1.0 / options, options).ToArray(), null),
        (_, null) => (null, $"the people of {Country} have no answer to it"),
        _ => (people, null),
    };
}
