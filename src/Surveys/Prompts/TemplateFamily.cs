namespace LocalOpinions.Surveys.Prompts;

/// <summary>A family of wordings: one per condition. Results of different families are never mixed.</summary>
public enum TemplateFamily
{
    /// <summary>The wordings of the published study; a country is named before the question.</summary>
    Faithful,
    /// <summary>A country is named in the last words, so that the prompts of all countries share nearly all their text.</summary>
    Shareable,
}
