namespace LocalOpinions.Surveys.Translations;

/// <summary>What is wrong with a translated text.</summary>
/// <param name="Kind">In few words, the same for all texts that have this fault.</param>
/// <param name="Problem">In full.</param>
/// <param name="Remedy">What to do about it, a sentence.</param>
readonly record struct TextFault(string Kind, string Problem, string Remedy)
{
    public SurveyException At(SurveyPlace place) => new(place, Problem, Remedy);
}
