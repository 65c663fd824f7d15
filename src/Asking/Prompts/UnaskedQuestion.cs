using System.Text.Json.Serialization;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Prompts;

/// <summary>A question that was not answered.</summary>
/// <param name="SourceRow">Its 0-based row in the survey file.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record UnaskedQuestion(int SourceRow, string Reason)
{
    /// <summary>The template that cannot ask it, by index; null for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Template { get; init; }

    /// <summary>How it can be asked; null where nothing is known to help. A program adds it to the reason, in words of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OtherAsking? Try { get; init; }

    /// <summary>The same of a perturbed template alone.</summary>
    internal UnaskedQuestion Changed(Perturbation by, int template) => this with { Template = template, Reason = $"{by.Name}: {Reason}" };
}
