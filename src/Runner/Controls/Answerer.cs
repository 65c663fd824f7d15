using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Store;

namespace LocalOpinions.Runner;

/// <summary>
/// An answerer that is no model and whose results are known beforehand: a control of everything that happens to answers. <c>uniform</c>
/// finds every option equally likely; an <c>oracle</c> answers what the people of one country answered.
/// </summary>
/// <param name="Country">The label of the country whose people the oracle copies; null for the uniform answerer.</param>
sealed record Answerer(string? Country)
{
    const int Version = 1;

    public static Answerer Uniform { get; } = new((string?)null);

    public string Control => Country is null ? "uniform" : "oracle";

    public string Name => Country is null ? "uniform answerer" : $"oracle: {Country}";

    // In the place of a model file's hash: what makes this answerer this one.
    public ModelRow ToModel() => new(
        Name, "computed by the program", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"answerer/{Version} {Control} {Country}"))), "none",
        Country is null ? "every option equally likely" : $"the answers of the people of {Country}", 0, 0, "none", 0, 0);

    public RunRow ToRun(int modelId, int surveyId) => new(
        modelId, surveyId, "default", null, "none", "1", "none", "none", "faithful", "none", true, "none", false, "none", "none", 0, "none",
        typeof(Answerer).Assembly.GetName().Version!.ToString(3))
    { Control = Control };

    /// <param name="options">How many options the question has.</param>
    /// <param name="people">What the people of <see cref="Country"/> answered; null where they were not asked.</param>
    public (double[]? Probs, string? Reason) Answer(int options, double[]? people) => (options, Country, people) switch
    {
        ( < Surveys.Template.FewestOptions or > Surveys.Template.MostOptions, _, _) => (null, $"{options} options: no model can be asked"),
        (_, null, _) => (Enumerable.Repeat(1.0 / options, options).ToArray(), null),
        (_, _, null) => (null, $"the people of {Country} have no answer to it"),
        _ => (people, null),
    };
}
